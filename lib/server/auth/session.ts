import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { now } from "../clock";
import { newSecretText, sha256Hex } from "../crypto/random";
import { findLiveSession, insertSession, revokeSession } from "../db/sessions";
import { cookieNames, readCookie } from "./cookies";

const DAY_SECONDS = 24 * 60 * 60;
export const SESSION_MAX_AGE_SECONDS = 30 * DAY_SECONDS;
const IDLE_LIMIT_SECONDS = 7 * DAY_SECONDS;

/** 256 bits in base64url; anything else is not worth a look-up. */
const SESSION_ID_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/** Opens a session and answers what the cookie is to hold. */
export async function openSession(user: {
  id: string;
  sessionEpoch: number;
  userAgent: string | null;
}): Promise<string> {
  const secret = newSecretText();
  await insertSession({
    id: newId("session"),
    secretHash: sha256Hex(secret),
    userId: user.id,
    sessionEpoch: user.sessionEpoch,
    userAgent: user.userAgent?.slice(0, 200) ?? null,
    expiresAt: new Date(now().getTime() + SESSION_MAX_AGE_SECONDS * 1_000),
  });
  return secret;
}

export async function closeSession(secret: string): Promise<void> {
  await revokeSession(sha256Hex(secret), now());
}

/** Who a cookie value belongs to, looked up anew each time; null for anything but a live session. */
export async function findActor(secret: string | null | undefined): Promise<Actor | null> {
  if (!secret || !SESSION_ID_PATTERN.test(secret)) return null;
  return findLiveSession(sha256Hex(secret), IDLE_LIMIT_SECONDS);
}

/** The caller of a request. Throws `unauthenticated`, or `database_down`. */
export async function requireActor(request: Request): Promise<Actor> {
  const actor = await findActor(readCookie(request, cookieNames().session));
  if (!actor) throw new AppError("unauthenticated");
  return actor;
}
