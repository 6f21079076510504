import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { now } from "../clock";
import { newSecretText, sha256Hex } from "../crypto/random";
import {
  type FoundSession,
  findLiveSession,
  insertSession,
  markSeen,
  revokeSession,
  type SessionKey,
} from "../db/sessions";
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

/** Finds a session, and what else a route needs to know, in one read; null for a stranger. */
export type Identify<B, F> = (
  session: SessionKey,
  body: B,
) => Promise<{ session: FoundSession; found: F } | null>;

/** What the session of a cookie value is found by; null for what cannot be a secret of ours. */
function toSessionKey(secret: string | null | undefined): SessionKey | null {
  if (!secret || !SESSION_ID_PATTERN.test(secret)) return null;
  return { secretHash: sha256Hex(secret), idleLimitSeconds: IDLE_LIMIT_SECONDS };
}

/** What the session of a request is found by. Throws `unauthenticated` where there is nothing to look for. */
export function requireSessionKey(request: Request): SessionKey {
  const key = toSessionKey(readCookie(request, cookieNames().session));
  if (!key) throw new AppError("unauthenticated");
  return key;
}

/** The user of a session that was found; marks it as seen, at most every five minutes. */
export async function admit({ seenLongAgo, ...actor }: FoundSession): Promise<Actor> {
  if (seenLongAgo) await markSeen(actor.sessionId);
  return actor;
}

/** Who a cookie value belongs to, looked up anew each time; null for anything but a live session. */
export async function findActor(secret: string | null | undefined): Promise<Actor | null> {
  const key = toSessionKey(secret);
  const session = key && (await findLiveSession(key));
  return session ? admit(session) : null;
}

/** The caller of a request. Throws `unauthenticated`, or `database_down`. */
export async function requireActor(request: Request): Promise<Actor> {
  const session = await findLiveSession(requireSessionKey(request));
  if (!session) throw new AppError("unauthenticated");
  return admit(session);
}
