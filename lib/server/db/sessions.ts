import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import { queryNamed } from "./pool";

type SessionRow = {
  sessionId: string;
  userId: UserId;
  email: string;
  name: string;
  role: "administrator" | "member" | "viewer";
  locale: string | null;
  theme: string | null;
};

/** What a session is found by: the hash of its secret, and how long it may have been idle. */
export type SessionKey = { secretHash: string; idleLimitSeconds: number };

/** A session as it is found, and whether it should be marked as seen. */
export type FoundSession = SessionRow & { seenLongAgo: boolean };

/**
 * The live session of $1, the hash of its secret, with its user: not revoked, not expired, used within
 * $2 seconds, user enabled, same epoch. One {@link FoundSession}, or no row.
 */
export const LIVE_SESSION = `
  select s.id as "sessionId", u.id as "userId", u.email, u.name, u.role, u.locale, u.theme,
         s."lastSeenAt" < now() - interval '5 minutes' as "seenLongAgo"
  from "Session" s join "User" u on u.id = s."userId"
  where s."secretHash" = $1 and s."revokedAt" is null and s."expiresAt" > now()
    and s."lastSeenAt" > now() - make_interval(secs => $2)
    and u."disabledAt" is null and u."sessionEpoch" = s."sessionEpoch"`;

/** See {@link LIVE_SESSION}. */
export async function findLiveSession({
  secretHash,
  idleLimitSeconds,
}: SessionKey): Promise<FoundSession | null> {
  const values = [secretHash, idleLimitSeconds];
  const [row] = await queryNamed<FoundSession>("find-live-session", LIVE_SESSION, values);
  return row ?? null;
}

/** Marks a session as seen now. */
export async function markSeen(sessionId: string): Promise<void> {
  await queryNamed("see-session", `update "Session" set "lastSeenAt" = now() where id = $1`, [
    sessionId,
  ]);
}

export async function insertSession(session: {
  id: string;
  secretHash: string;
  userId: string;
  sessionEpoch: number;
  userAgent: string | null;
  expiresAt: Date;
}): Promise<void> {
  await getDb().session.create({ data: session, select: { id: true } });
}

/** Ends the session of a cookie at once, on every instance. */
export async function revokeSession(secretHash: string, at: Date): Promise<void> {
  await getDb().session.updateMany({
    where: { secretHash, revokedAt: null },
    data: { revokedAt: at },
  });
}

/** Removes sessions that ended more than a month ago. */
export async function deleteExpiredSessions(): Promise<void> {
  await queryNamed(
    "delete-expired-sessions",
    `delete from "Session" where least("expiresAt", "revokedAt") < now() - interval '30 days'`,
    [],
  );
}
