import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import type { Audit, AuditAction } from "@/lib/shared/schemas/admin";
import { now } from "../clock";
import { findAuditEntries, insertAuditEntry } from "../db/audit";
import { fromCursor, toPage } from "../db/cursor";

const PAGE_SIZE = 50;

/** Writes what an administrator looked at or changed, before it is shown or done. Throws `forbidden`. */
export async function audit(
  { userId, role }: Actor,
  action: AuditAction,
  subject: string | null = null,
  detail: string | null = null,
): Promise<void> {
  if (role !== "administrator") throw new AppError("forbidden");
  await insertAuditEntry(userId, { id: newId("audit"), action, subject, detail, at: now() });
}

/** One page of what administrators did, newest first; looking at it is an entry too. */
export async function listAudit(
  actor: Actor,
  { cursor }: { cursor?: string | undefined },
): Promise<Audit> {
  await audit(actor, "audit.view");
  const found = await findAuditEntries(fromCursor(cursor), PAGE_SIZE + 1);
  const { rows, nextCursor } = toPage(found, PAGE_SIZE, ({ at }) => at);
  const entries = rows.map(({ at, action, ...row }) => ({
    ...row,
    at: at.toISOString(),
    action: action as AuditAction,
  }));
  return { entries, nextCursor };
}
