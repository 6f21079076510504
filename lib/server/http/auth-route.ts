import "server-only";
import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { AppError, isErrorCode } from "@/lib/shared/errors";
import { createAuthOptions, LOCKED_PREFIX } from "../auth/config";
import { cookieNames, readCookie } from "../auth/cookies";
import { closeSession } from "../auth/session";
import { localeOf } from "../i18n/locale";
import { toErrorResponse } from "./error-response";
import { readBytes } from "./read-json";
import { requireSameOrigin } from "./same-origin";

const MAX_FORM_BYTES = 16_384;

/** Why next-auth refused a sign-in, read off the `error` of the address it answers with. */
function toRefusal(reason: string | null): AppError {
  if (reason?.startsWith(LOCKED_PREFIX)) {
    const retryAfterSeconds = Number(reason.slice(LOCKED_PREFIX.length));
    return new AppError("too_many_requests", { retryAfterSeconds });
  }
  return new AppError(reason && isErrorCode(reason) ? reason : "wrong_credentials");
}

/** The same request with a body that was read within its cap and deadline. */
async function withCappedBody(request: Request): Promise<NextRequest> {
  const { url, method, headers } = request;
  if (method !== "POST") return new NextRequest(url, { method, headers });
  return new NextRequest(url, { method, headers, body: await readBytes(request, MAX_FORM_BYTES) });
}

/** Ends the session before next-auth drops its cookie: it would swallow a failure. */
async function endSession(request: Request): Promise<void> {
  const secret = readCookie(request, cookieNames().session);
  if (secret) await closeSession(secret);
}

/** next-auth's handler; a refused sign-in gets our error answer instead of an address. */
export async function handleAuth(request: Request, context: unknown): Promise<Response> {
  try {
    requireSameOrigin(request);
    const capped = await withCappedBody(request);
    const isSignOut =
      request.method === "POST" && new URL(request.url).pathname.endsWith("/signout");
    if (isSignOut) await endSession(request);
    const handler = NextAuth(createAuthOptions()) as (
      request: Request,
      context: unknown,
    ) => Promise<Response>;
    const response = await handler(capped, context);
    if (response.status !== 401) return response;
    const { url } = (await response.json()) as { url?: string };
    const reason = url && URL.canParse(url) ? new URL(url).searchParams.get("error") : null;
    return toErrorResponse(toRefusal(reason), localeOf(request, null));
  } catch (error) {
    return toErrorResponse(error, localeOf(request, null));
  }
}
