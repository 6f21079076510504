import "server-only";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { AppError } from "@/lib/shared/errors";
import { emailSchema } from "@/lib/shared/schemas/setup";
import { verifyPassword } from "../crypto/password";
import { clearWindow, countInWindow } from "../db/rate-windows";
import { findCredentials } from "../db/users";
import { getSettings } from "../env";
import { logFault, logInfo } from "../log";
import { cookieNames } from "./cookies";
import { openSession, SESSION_MAX_AGE_SECONDS } from "./session";

const MAX_TRIES = 10;
const TRY_WINDOW_SECONDS = 15 * 60;

/** What `authorize` throws when an account was tried too often; the seconds stand behind the colon. */
export const LOCKED_PREFIX = "locked:";

/** Checks e-mail and password; null for a wrong pair, throws {@link LOCKED_PREFIX} past ten tries. */
async function authorize(
  credentials: Record<string, unknown> | undefined,
  userAgent: string | null,
) {
  const email = emailSchema.safeParse(credentials?.email);
  const password = credentials?.password;
  if (!email.success || typeof password !== "string" || password.length > 1_024) return null;
  const key = `sign-in:${email.data}`;
  const { count, endsInSeconds } = await countInWindow(key, TRY_WINDOW_SECONDS);
  if (count > MAX_TRIES) throw new Error(`${LOCKED_PREFIX}${endsInSeconds}`);
  const user = await findCredentials(email.data);
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  if (!user || !matches) {
    logInfo("sign-in refused");
    return null;
  }
  await clearWindow(key);
  return { id: user.id, sessionEpoch: user.sessionEpoch, userAgent };
}

/** next-auth puts the message of what is thrown into an address: only our codes may stand there. */
function rethrowAsCode(error: unknown): never {
  if (error instanceof AppError) throw new Error(error.code);
  if (error instanceof Error && error.message.startsWith(LOCKED_PREFIX)) throw error;
  logFault("sign-in", error);
  throw new Error("internal");
}

/**
 * next-auth does the dance and the cookie only. The cookie holds a random session id and nothing
 * else: who that is, and whether still, is looked up in our session table at each request.
 */
export function createAuthOptions(): NextAuthOptions {
  const names = cookieNames();
  const options = { httpOnly: true, sameSite: "lax", path: "/", secure: names.isSecure } as const;
  const { AUTH_SECRET } = getSettings();
  return {
    ...(AUTH_SECRET && { secret: AUTH_SECRET }),
    session: { strategy: "jwt", maxAge: SESSION_MAX_AGE_SECONDS },
    jwt: {
      encode: async ({ token }) => String(token?.sid ?? ""),
      decode: async ({ token }) => (token ? { sid: token } : null),
    },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    cookies: {
      sessionToken: { name: names.session, options },
      csrfToken: { name: names.csrf, options },
      callbackUrl: { name: names.callback, options },
    },
    providers: [
      Credentials({
        id: "credentials",
        credentials: { email: {}, password: {} },
        authorize: (credentials, request) =>
          authorize(credentials, request.headers?.["user-agent"] ?? null).catch(rethrowAsCode),
      }),
    ],
    callbacks: {
      jwt: async ({ token, user }) => {
        if (!user) return { sid: token.sid };
        return { sid: await openSession(user as unknown as Parameters<typeof openSession>[0]) };
      },
      session: async ({ session }) => ({ expires: session.expires }),
    },
    logger: {
      error: (code) => logInfo("next-auth", { code }),
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}
