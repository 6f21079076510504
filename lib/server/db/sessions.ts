import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import { queryNamed } from "./pool";

export type SessionRow = {
  sessionId: string;
  userId: UserId;
  email: string;
  name: string;
  role: "administrator" | "member" | "viewer";
  locale: string | null;
  theme: string | null;
};

/**
 * The live session and its user in one read: not revoked, not expired, used within the idle limit,
 * user enabled, same epoch. Marks it as seen at most every five minutes. Null otherwise.
 */
export async function findLiveSession(
  secretHash: string,
  idleLimitSeconds: number,
): Promise<SessionRow | null> {
  const [row] = await queryNamed<SessionRow & { seenLongAgo: boolean }>(
    "find-live-session",
    `select s.id as "sessionId", u.id as "userId", u.email, u.name, u.role, u.locale, u.theme,
            s."lastSeenAt" < now() - interval '5 minutes' as "seenLongAgo"
     from "Session" s join "User" u on u.id = s."userId"
     where s."secretHash" = $1 and s."revokedAt" is null and s."expiresAt" > now()
       and s."lastSeenAt" > now() - make_interval(secs => $2)
       and u."disabledAt" is null and u."sessionEpoch" = s."sessionEpoch"`,
    [secretHash, idleLimitSeconds],
  );
  if (!row) return null;
  const { seenLongAgo, ...session } = row;
  if (seenLongAgo) {
    await queryNamed("see-session", `update "Session" set "lastSeenAt" = now() where id = $1`, [
      session.sessionId,
    ]);
  }
  return session;
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
