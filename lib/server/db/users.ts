import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";

/** What is needed to check a password; null for an unknown or disabled user. */
export function findCredentials(email: string) {
  return getDb().user.findUnique({
    where: { email, disabledAt: null },
    select: { id: true, passwordHash: true, sessionEpoch: true },
  });
}

/** A user of this id, for what an administrator does; null where there is none. */
export async function findUserId(id: string): Promise<UserId | null> {
  const user = await getDb().user.findUnique({ where: { id }, select: { id: true } });
  return user && (user.id as UserId);
}

export async function findChoices(userId: UserId): Promise<{ autoTitles: boolean }> {
  return getDb().user.findUniqueOrThrow({ where: { id: userId }, select: { autoTitles: true } });
}

/** What the user chose; what is absent stays. */
export async function updatePreferences(
  userId: UserId,
  preferences: { locale?: string | null; theme?: string | null; autoTitles?: boolean },
): Promise<void> {
  await getDb().user.update({ where: { id: userId }, data: preferences, select: { id: true } });
}

/** Inserts a user with a ready password hash; for demo data and tests. */
export async function insertUser(user: {
  id: string;
  email: string;
  name: string;
  role: "administrator" | "member" | "viewer";
  passwordHash: string;
}): Promise<void> {
  await getDb().user.create({ data: user, select: { id: true } });
}
