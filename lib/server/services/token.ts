import "server-only";
import type { Actor, UserId } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import type { Site, TokenStatus } from "@/lib/shared/schemas/token";
import { Secret } from "@/lib/shared/secret";
import { now } from "../clock";
import { open, seal, sealedKeyLabel } from "../crypto/sealed";
import { wakeTasks } from "../db/image-lane";
import { deleteRateReadings } from "../db/rate-readings";
import { deleteToken, findToken, markTokenUsed, replaceToken, type TokenRow } from "../db/tokens";
import { logInfo } from "../log";
import { fetchAccount } from "../modelscope/account";
import { limitRate } from "./rate-limit";

/** Each storing asks ModelScope; nobody replaces a token more often than this. */
const STORES = { max: 20, windowSeconds: 60 };

const NO_TOKEN: TokenStatus = {
  state: "none",
  last4: null,
  site: null,
  keyId: null,
  createdAt: null,
  lastUsedAt: null,
  accountName: null,
};

const toSite = (site: string): Site => (site === "ai" ? "ai" : "cn");

function openRow(userId: UserId, row: Pick<TokenRow, "id" | "sealed">): Secret | null {
  return open(row.sealed, { purpose: "provider-token", userId, rowId: row.id });
}

/** What may be known of a stored token; the token itself never leaves. */
export async function getTokenStatus({ userId }: Actor): Promise<TokenStatus> {
  const row = await findToken(userId);
  if (!row) return NO_TOKEN;
  return {
    state: openRow(userId, row) ? row.state : "needs_reentry",
    last4: row.last4,
    site: toSite(row.site),
    keyId: sealedKeyLabel(row.sealed),
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    accountName: row.accountName,
  };
}

/** What ModelScope's site says of a token, free of charge; `unchecked` where it cannot be asked. */
async function checkAccount(token: Secret, site: Site) {
  try {
    return { state: "valid" as const, ...(await fetchAccount(token, site)) };
  } catch (error) {
    const isRefused = error instanceof AppError && error.code === "invalid_token";
    return { state: isRefused ? ("invalid" as const) : ("unchecked" as const), accountName: null };
  }
}

/**
 * Seals a token in the place of the one before, wakes pictures that waited for one, and answers its
 * status. A token that works is not given up for one that ModelScope refuses: `invalid_token`. Throws
 * `too_many_requests` past twenty in a minute.
 */
export async function storeToken(actor: Actor, value: string, site: Site): Promise<TokenStatus> {
  const { userId } = actor;
  await limitRate(`token:${userId}`, STORES);
  const token = new Secret(value);
  const id = newId("token");
  const account = await checkAccount(token, site);
  const before = await findToken(userId);
  if (account.state === "invalid" && before?.state === "valid" && openRow(userId, before)) {
    throw new AppError("invalid_token", { fields: { token: { key: "tokenRefused" } } });
  }
  await replaceToken(userId, {
    id,
    sealed: seal(token, { purpose: "provider-token", userId, rowId: id }),
    last4: value.slice(-4),
    site,
    ...account,
    createdAt: now(),
  });
  await Promise.all([wakeTasks(userId), deleteRateReadings(userId)]);
  logInfo("token stored", { userId, state: account.state });
  return getTokenStatus(actor);
}

export async function removeToken({ userId }: Actor): Promise<void> {
  await deleteToken(userId);
  logInfo("token removed", { userId });
}

export type OpenToken = { id: string; token: Secret; site: Site; isDoubted: boolean };

/** Opens a stored token; see {@link openToken}. */
export function openTokenRow(
  userId: UserId,
  row: Pick<TokenRow, "id" | "sealed" | "site" | "state"> | null,
): OpenToken {
  if (!row) throw new AppError("token_missing");
  const token = openRow(userId, row);
  if (!token) throw new AppError("token_needs_reentry");
  return { id: row.id, token, site: toSite(row.site), isDoubted: row.state !== "valid" };
}

/**
 * The user's token, opened for one upstream call; `isDoubted` where it was refused the last time, or
 * never checked. Throws `token_missing`, or `token_needs_reentry` where the key ring no longer opens it.
 */
export async function openToken(userId: UserId): Promise<OpenToken> {
  return openTokenRow(userId, await findToken(userId));
}

/** The site a user's token belongs to; the Chinese one where there is none. */
export async function findSite(userId: UserId): Promise<Site> {
  return toSite((await findToken(userId))?.site ?? "cn");
}

/** Notes that a call was made with the token. */
export async function noteTokenUse(userId: UserId): Promise<void> {
  await markTokenUsed(userId, now());
}
