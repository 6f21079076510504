import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import { wakeTasks } from "./image-lane";
import { queryNamed } from "./pool";

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
  await queryNamed(
    "replace-token",
    `insert into "ModelScopeToken" (id, "userId", sealed, last4, site, state, "accountName", "createdAt")
     values ($1, $2, $3, $4, $5, $6::"TokenState", $7, $8)
     on conflict ("userId") do update set id = excluded.id, sealed = excluded.sealed,
       last4 = excluded.last4, site = excluded.site, state = excluded.state,
       "accountName" = excluded."accountName", "createdAt" = excluded."createdAt", "lastUsedAt" = null`,
    [
      token.id,
      userId,
      token.sealed,
      token.last4,
      token.site,
      token.state,
      token.accountName,
      token.createdAt,
    ],
  );
}

export async function deleteToken(userId: UserId): Promise<void> {
  await getDb().modelScopeToken.deleteMany({ where: { userId } });
}

export async function markTokenUsed(userId: UserId, at: Date): Promise<void> {
  await getDb().modelScopeToken.updateMany({ where: { userId }, data: { lastUsedAt: at } });
}

/**
 * Notes that a token was refused. What was learnt from a call that began `at` some time says nothing
 * of a token stored later.
 */
export async function refuseToken(userId: UserId, at: Date): Promise<void> {
  await getDb().modelScopeToken.updateMany({
    where: { userId, createdAt: { lte: at } },
    data: { state: "invalid" },
  });
}

/**
 * Notes that a token was accepted by a call that began `at`, and whose it is where that was said. One
 * that was in doubt before wakes the pictures that waited for it.
 */
export async function acceptToken(
  userId: UserId,
  { at, accountName }: { at: Date; accountName?: string | null },
): Promise<void> {
  const where = { userId, createdAt: { lte: at } };
  const { modelScopeToken } = getDb();
  if (accountName) await modelScopeToken.updateMany({ where, data: { accountName } });
  const { count } = await modelScopeToken.updateMany({
    where: { ...where, state: { not: "valid" } },
    data: { state: "valid" },
  });
  if (count > 0) await wakeTasks(userId);
}
