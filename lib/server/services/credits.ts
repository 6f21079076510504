import "server-only";
import type { Actor, UserId } from "@/lib/shared/actor";
import { DAY_MS, HOUR_MS, startOfLedgerDay, toLedgerDay } from "@/lib/shared/calendar";
import { AppError } from "@/lib/shared/errors";
import type { CreditFlow, Credits } from "@/lib/shared/schemas/credits";
import { now } from "../clock";
import {
  deleteCreditState,
  findCreditState,
  findGrants,
  hasCallEndedSince,
  sumCreditDays,
  sumSpentSince,
} from "../db/credits";
import { wakeForCredits } from "../db/image-lane";
import { findRateReadings } from "../db/rate-readings";
import { sumUsage } from "../db/usage";
import { logFault } from "../log";
import { BALANCE_PATH, fetchBalance } from "../modelscope/balance";
import { noteReading } from "./credit-readings";
import { listCaps } from "./limits";
import { openToken } from "./token";

/** The official endpoint is asked at most this often for one user, unless a call has ended since. */
const FRESH_MS = 15_000;
/** An older reading is no longer taken for what is left. */
const STALE_MS = 5 * 60_000;

type Balance = Omit<Credits, "limits" | "last" | "batches" | "caps">;
async function readBalance({ userId }: Actor): Promise<Balance> {
  const unknown = { available: null, held: null, source: BALANCE_PATH, readAt: null };
  try {
    const { id: tokenId, token, site } = await openToken(userId);
    const askedAt = now();
    const balance = await fetchBalance(token, site);
    if (!balance) return { ...unknown, state: "unreadable", errorCode: null };
    const readAt = now();
    if (balance.available > 0) await wakeForCredits(userId);
    // What it explains is a matter of the books; the number itself is shown in any case.
    await noteReading(userId, { site, tokenId }, { ...balance, askedAt, readAt }).catch((error) =>
      logFault("balance not explained", error),
    );
    const known = { state: "known", source: BALANCE_PATH, errorCode: null } as const;
    return { ...known, ...balance, readAt: readAt.toISOString() };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "database_down") throw error;
    const hasNoToken = error.code === "token_missing";
    return { ...unknown, state: hasNoToken ? "no_token" : "unreadable", errorCode: error.code };
  }
}

/** The last reading where it is fresh, whichever instance made it; else ModelScope is asked. */
async function getBalance(actor: Actor): Promise<Balance> {
  const state = await findCreditState(actor.userId);
  const isFresh = state !== null && now().getTime() - state.readAt.getTime() < FRESH_MS;
  if (!isFresh || (await hasCallEndedSince(actor.userId, state.readAt))) return readBalance(actor);
  const { available, held, readAt } = state;
  const known = { state: "known", source: BALANCE_PATH, errorCode: null } as const;
  return { ...known, available, held, readAt: readAt.toISOString() };
}

/** The last reading that succeeded, where this one did not. */
async function findLast(userId: UserId, { state }: Balance): Promise<Credits["last"]> {
  const last = state === "unreadable" ? await findCreditState(userId) : null;
  return last && { available: last.available, held: last.held, readAt: last.readAt.toISOString() };
}

/**
 * What of the balance lapses when, soonest first. ModelScope does not say; what lapses soonest is believed
 * to be spent first, so that the latest grants are whole.
 */
async function listBatches(userId: UserId, { available }: Balance): Promise<Credits["batches"]> {
  if (available === null) return [];
  let left = available;
  const at = now();
  const batches = (await findGrants(userId, at)).map(({ halfCredits, lapsesFrom, lapsesBy }) => {
    const credits = Math.min(left, halfCredits / 2);
    left -= credits;
    return { credits, lapsesAt: (lapsesFrom > at ? lapsesFrom : lapsesBy).toISOString() };
  });
  return batches.filter(({ credits }) => credits > 0).reverse();
}

/**
 * The user's Magicubes as ModelScope reports them, today's limits where it names any, and those of the
 * team. A failed reading is `unreadable`, never 0.
 */
export async function getCredits(actor: Actor): Promise<Credits> {
  const { userId } = actor;
  const balance = await getBalance(actor);
  const [last, batches, readings, caps] = await Promise.all([
    findLast(userId, balance),
    listBatches(userId, balance),
    findRateReadings(userId, startOfLedgerDay(now())),
    listCaps(actor),
  ]);
  const limits = readings.map(({ model, readAt, ...reading }) => ({
    ...reading,
    model: model || null,
    readAt: readAt.toISOString(),
  }));
  return { ...balance, last, limits, batches, caps };
}

/** How fast Magicubes go, and when none is left; what is granted lives a day, so nobody looks further. */
function forecast(
  available: number | null,
  spent: number,
  firstAt: Date | null,
): Pick<CreditFlow, "perHour" | "emptyAt"> {
  if (available === null || !firstAt || spent <= 0) return { perHour: null, emptyAt: null };
  const at = now();
  const perHour = spent / Math.max(1, (at.getTime() - firstAt.getTime()) / HOUR_MS);
  const leftMs = (available / perHour) * HOUR_MS;
  const emptyAt = leftMs <= DAY_MS ? new Date(at.getTime() + leftMs).toISOString() : null;
  return { perHour, emptyAt };
}

/**
 * Where the user's Magicubes went today, and when they are gone at today's pace. What an old reading would
 * say is not known.
 */
export async function getCreditFlow({ userId }: Actor): Promise<CreditFlow> {
  const at = now();
  const day = toLedgerDay(at);
  const [rows, told, spent, state] = await Promise.all([
    sumUsage(userId, { spans: [day] }, "kind"),
    sumCreditDays(userId, day, day),
    sumSpentSince(userId, startOfLedgerDay(at)),
    findCreditState(userId),
  ]);
  const today = rows.find(({ key }) => key === null);
  const isFresh = state !== null && at.getTime() - state.readAt.getTime() < STALE_MS;
  const halves = spent.halfCredits + (told?.elsewhere ?? 0);
  return {
    here: (today?.halfCredits ?? 0) / 2,
    unpriced: today?.unpriced ?? 0,
    elsewhere: told && isFresh ? told.elsewhere / 2 : null,
    unclear: (told?.unclear ?? 0) / 2,
    granted: (told?.granted ?? 0) / 2,
    ...forecast(isFresh ? state.available : null, halves / 2, spent.firstAt),
  };
}

/** Forgets the last readings, for a new token. */
export async function forgetCredits({ userId }: Pick<Actor, "userId">): Promise<void> {
  await deleteCreditState(userId);
}
