import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { DAY_MS, toLedgerDay } from "@/lib/shared/calendar";
import { newId } from "@/lib/shared/ids";
import type { Site } from "@/lib/shared/schemas/token";
import {
  addToCreditDay,
  type CallBetween,
  type CreditState,
  findCallsSince,
  holdCreditState,
  insertGrant,
  mayLapse,
  saveCreditState,
  savePrice,
} from "../db/credits";
import { insertSighting } from "../db/learnt-prices";
import { inTransaction, type Query } from "../db/pool";
import { type Change, explainChange, type OwnCall } from "./credit-change";
import { loadLearntPrices } from "./prices";

/** A charge may be booked a moment after its call. */
const SETTLE_MS = 3_000;

/** A reading of the balance that succeeded, in Magicubes. */
export type Reading = {
  available: number;
  held: number | null;
  /** From before it was asked to when it was answered: ModelScope looked somewhere between. */
  askedAt: Date;
  readAt: Date;
};

const toHalf = (credits: number) => Math.round(credits * 2);

/**
 * Nothing was charged while it was read, or so shortly before that it may not show yet; and what is held is
 * said, so that available and held together are what the account has.
 */
function isQuiet(calls: readonly CallBetween[], { askedAt, held }: Reading): boolean {
  if (held === null) return false;
  const restMs = askedAt.getTime() - SETTLE_MS;
  return calls.every(({ endedAt }) => endedAt !== null && endedAt.getTime() <= restMs);
}

const toOwnCalls = (calls: readonly CallBetween[]): OwnCall[] =>
  calls.flatMap(({ isCall, isDoubtful: _isDoubtful, endedAt, ...call }) =>
    isCall && endedAt ? [{ ...call, endedAt }] : [],
  );

/** What changed since the last quiet reading; null where there is none to hold against. */
async function explain(
  query: Query,
  userId: UserId,
  state: CreditState | null,
  reading: Reading,
  calls: readonly CallBetween[],
): Promise<{ change: Change; since: Date } | null> {
  if (!state || state.quietHalf === null || state.quietAt === null) return null;
  const change = explainChange({
    before: state.quietHalf,
    after: toHalf(reading.available + (reading.held ?? 0)),
    from: state.quietAt,
    to: reading.readAt,
    calls: toOwnCalls(calls),
    mayLapse: await mayLapse(query, userId, state.quietAt, reading.readAt),
    hasDoubtfulAttempt: calls.some(({ isDoubtful }) => isDoubtful),
    isNew: state.quietAt.getTime() - state.watchedAt.getTime() < DAY_MS,
  });
  return { change, since: state.quietAt };
}

/** Writes what a quiet reading explains; answers whether a price was seen. */
async function book(
  query: Query,
  { userId, site }: { userId: UserId; site: Site },
  { change, since }: { change: Change; since: Date },
  readAt: Date,
): Promise<boolean> {
  const { measured, granted } = change;
  // What changed over midnight is not to be taken for today's.
  await addToCreditDay(query, userId, toLedgerDay(since), change);
  if (granted > 0) {
    await insertGrant(query, userId, {
      id: newId("grant"),
      halfCredits: granted,
      lapsesFrom: new Date(since.getTime() + DAY_MS),
      lapsesBy: new Date(readAt.getTime() + DAY_MS),
    });
  }
  if (!measured) return false;
  if (change.elsewhere === 0) await savePrice(query, userId, measured.id, measured.price);
  await insertSighting(query, {
    site,
    model: measured.model,
    halfCredits: measured.price,
    at: readAt,
  });
  return true;
}

/** What is remembered of a reading. */
const toState = ({ available, held, readAt }: Reading, quiet: boolean): CreditState => ({
  available,
  held,
  readAt,
  watchedAt: readAt,
  quietHalf: quiet ? toHalf(available + (held ?? 0)) : null,
  quietAt: quiet ? readAt : null,
});

/**
 * Takes a reading of the balance into the books: what of its change the ledger does not explain was
 * spent elsewhere, granted, or is unclear. While a call runs it is only remembered.
 */
export async function noteReading(
  userId: UserId,
  { site, tokenId }: { site: Site; tokenId: string },
  reading: Reading,
): Promise<void> {
  const { askedAt, readAt } = reading;
  const hasSeenPrice = await inTransaction(async (query) => {
    const holding = await holdCreditState(query, userId, tokenId);
    if (!holding) return false;
    const { state } = holding;
    if (state && state.readAt >= readAt) return false;
    const since = state?.quietAt ?? new Date(askedAt.getTime() - SETTLE_MS);
    const calls = await findCallsSince(query, userId, since);
    const quiet = isQuiet(calls, reading);
    const found = quiet ? await explain(query, userId, state, reading, calls) : null;
    await saveCreditState(query, userId, toState(reading, quiet));
    return found !== null && (await book(query, { userId, site }, found, readAt));
  });
  if (hasSeenPrice) await loadLearntPrices(site);
}
