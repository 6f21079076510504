import "server-only";
import type { UserId } from "@/lib/shared/actor";
import type { Cursor } from "@/lib/shared/cursor";
import { getDb } from "./client";
import { queryNamed } from "./pool";

/** Writes what an administrator looked at or changed. */
export async function insertAuditEntry(
  userId: UserId,
  entry: { id: string; action: string; subject: string | null; detail: string | null; at: Date },
): Promise<void> {
  await getDb().auditEntry.create({ data: { ...entry, userId }, select: { id: true } });
}

export type AuditRow = {
  id: string;
  at: Date;
  name: string | null;
  action: string;
  /** A member's name in the place of their id, where the account exists. */
  subject: string | null;
  detail: string | null;
};

/** Everything administrators did, newest first. */
export function findAuditEntries(cursor: Cursor | null, take: number): Promise<AuditRow[]> {
  return queryNamed<AuditRow>(
    `find-audit-entries${cursor ? "-after" : ""}`,
    `select a.id, a.at, who.name, a.action, coalesce(whom.name, a.subject) as subject, a.detail
     from "AuditEntry" a
     left join "User" who on who.id = a."userId"
     left join "User" whom on whom.id = a.subject
     ${cursor ? "where (a.at, a.id) < ($2::timestamptz, $3)" : ""}
     order by a.at desc, a.id desc limit $1`,
    cursor ? [take, cursor.at, cursor.id] : [take],
  );
}

/** The team's people, with no word of what they do; those that are suspended too, or not. */
export function findPeople({
  withSuspended,
}: {
  withSuspended: boolean;
}): Promise<{ id: string; name: string; email: string }[]> {
  return getDb().user.findMany({
    where: withSuspended ? {} : { disabledAt: null },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true, email: true },
  });
}
