import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { startOfLedgerDay } from "@/lib/shared/calendar";
import { AppError } from "@/lib/shared/errors";
import type { Credits } from "@/lib/shared/schemas/usage";
import { monotonicMs, now } from "../clock";
import { wakeForCredits } from "../db/image-lane";
import { findRateReadings } from "../db/rate-readings";
import { BALANCE_PATH, fetchBalance } from "../modelscope/balance";
import { openToken } from "./token";

/** The official endpoint is asked at most this often for one user. */
const FRESH_MS = 20_000;

type Balance = Omit<Credits, "limits">;
type Cached = { credits: Balance; readMs: number };
const store = globalThis as unknown as { __mspCredits?: Map<string, Cached> };

async function readBalance({ userId }: Actor): Promise<Balance> {
  const unknown = { available: null, held: null, source: BALANCE_PATH, readAt: null };
  try {
    const { token, site } = await openToken(userId);
    const balance = await fetchBalance(token, site);
    if (!balance) return { ...unknown, state: "unreadable", errorCode: null };
    if (balance.available > 0) await wakeForCredits(userId);
    const readAt = now().toISOString();
    return { ...balance, state: "known", source: BALANCE_PATH, readAt, errorCode: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "database_down") throw error;
    const hasNoToken = error.code === "token_missing";
    return { ...unknown, state: hasNoToken ? "no_token" : "unreadable", errorCode: error.code };
  }
}

async function getBalance(actor: Actor): Promise<Balance> {
  store.__mspCredits ??= new Map();
  const cached = store.__mspCredits.get(actor.userId);
  if (cached && monotonicMs() - cached.readMs < FRESH_MS && cached.credits.state === "known") {
    return cached.credits;
  }
  const credits = await readBalance(actor);
  store.__mspCredits.set(actor.userId, { credits, readMs: monotonicMs() });
  return credits;
}

/**
 * The user's Magicubes as ModelScope reports them, and today's limits where it names any. A failed
 * reading is `unreadable`, never 0.
 */
export async function getCredits(actor: Actor): Promise<Credits> {
  const [balance, readings] = await Promise.all([
    getBalance(actor),
    findRateReadings(actor.userId, startOfLedgerDay(now())),
  ]);
  const limits = readings.map(({ model, readAt, ...reading }) => ({
    ...reading,
    model: model || null,
    readAt: readAt.toISOString(),
  }));
  return { ...balance, limits };
}

/** Forgets the last reading, for a new token. */
export function forgetCredits({ userId }: Pick<Actor, "userId">): void {
  store.__mspCredits?.delete(userId);
}
