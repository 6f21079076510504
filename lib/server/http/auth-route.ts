import "server-only";
import NextAuth from "next-auth";
import { AppError, isErrorCode } from "@/lib/shared/errors";
import { createAuthOptions, LOCKED_PREFIX } from "../auth/config";
import { localeOf } from "../i18n/locale";
import { toErrorResponse } from "./error-response";

/** Why next-auth refused a sign-in, read off the `error` of the address it answers with. */
function toRefusal(reason: string | null): AppError {
  if (reason?.startsWith(LOCKED_PREFIX)) {
    const retryAfterSeconds = Number(reason.slice(LOCKED_PREFIX.length));
    return new AppError("too_many_requests", { retryAfterSeconds });
  }
  return new AppError(reason && isErrorCode(reason) ? reason : "wrong_credentials");
}

/** next-auth's handler; a refused sign-in gets our error answer instead of an address. */
export async function handleAuth(request: Request, context: unknown): Promise<Response> {
  try {
    const handler = NextAuth(createAuthOptions()) as (
      request: Request,
      context: unknown,
    ) => Promise<Response>;
    const response = await handler(request, context);
    if (response.status !== 401) return response;
    const { url } = (await response.json()) as { url?: string };
    const reason = url && URL.canParse(url) ? new URL(url).searchParams.get("error") : null;
    return toErrorResponse(toRefusal(reason), localeOf(request, null));
  } catch (error) {
    return toErrorResponse(error, localeOf(request, null));
  }
}
