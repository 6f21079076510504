import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";

const STATUS = {
  id: true,
  last4: true,
  site: true,
  state: true,
  accountName: true,
  createdAt: true,
  lastUsedAt: true,
  sealed: true,
} as const;

export type TokenRow = NonNullable<Awaited<ReturnType<typeof findToken>>>;

/** The user's token, sealed; null where none is stored. */
export function findToken(userId: UserId) {
  return getDb().modelScopeToken.findUnique({ where: { userId }, select: STATUS });
}

/** Puts a sealed token in the place of the one before. */
export async function replaceToken(
  userId: UserId,
  token: {
    id: string;
    sealed: string;
    last4: string;
    site: string;
    state: "unchecked" | "valid" | "invalid";
    accountName: string | null;
    createdAt: Date;
  },
): Promise<void> {
  const db = getDb();
  await db.$transaction([
    db.modelScopeToken.deleteMany({ where: { userId } }),
    db.modelScopeToken.create({ data: { ...token, userId }, select: { id: true } }),
  ]);
}

export async function deleteToken(userId: UserId): Promise<void> {
  await getDb().modelScopeToken.deleteMany({ where: { userId } });
}

export async function markTokenUsed(userId: UserId, at: Date): Promise<void> {
  await getDb().modelScopeToken.updateMany({ where: { userId }, data: { lastUsedAt: at } });
}

export async function updateTokenState(
  userId: UserId,
  state: "valid" | "invalid" | "needs_reentry",
): Promise<void> {
  await getDb().modelScopeToken.updateMany({ where: { userId }, data: { state } });
}
