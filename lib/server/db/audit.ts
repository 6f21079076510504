import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import type { Cursor } from "./cursor";
import { queryNamed } from "./pool";

/** Writes what an administrator looked at or changed. */
export async function insertAuditEntry(
  userId: UserId,
  entry: { id: string; action: string; subject: string | null; at: Date },
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
};

/** Everything administrators did, newest first. */
export function findAuditEntries(cursor: Cursor | null, take: number): Promise<AuditRow[]> {
  return queryNamed<AuditRow>(
    `find-audit-entries${cursor ? "-after" : ""}`,
    `select a.id, a.at, who.name, a.action, coalesce(whom.name, a.subject) as subject
     from "AuditEntry" a
     left join "User" who on who.id = a."userId"
     left join "User" whom on whom.id = a.subject
     ${cursor ? "where (a.at, a.id) < ($2::timestamptz, $3)" : ""}
     order by a.at desc, a.id desc limit $1`,
    cursor ? [take, cursor.at, cursor.id] : [take],
  );
}

/** The team's people, with no word of what they do. */
export function findPeople(): Promise<{ id: string; name: string; email: string }[]> {
  return getDb().user.findMany({
    where: { disabledAt: null },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: { id: true, name: true, email: true },
  });
}
