import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import type { Credits } from "@/lib/shared/schemas/usage";
import { monotonicMs, now } from "../clock";
import { BALANCE_PATH, fetchBalance } from "../modelscope/balance";
import { openToken } from "./token";

/** The official endpoint is asked at most this often for one user. */
const FRESH_MS = 20_000;

type Cached = { credits: Credits; readMs: number };
const store = globalThis as unknown as { __mspCredits?: Map<string, Cached> };

async function readCredits({ userId }: Actor): Promise<Credits> {
  const unknown = { available: null, held: null, source: BALANCE_PATH, readAt: null };
  try {
    const { token, site } = await openToken(userId);
    const balance = await fetchBalance(token, site);
    const readAt = now().toISOString();
    return { ...balance, state: "known", source: BALANCE_PATH, readAt, errorCode: null };
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "database_down") throw error;
    const hasNoToken = error.code === "token_missing";
    return { ...unknown, state: hasNoToken ? "no_token" : "unreadable", errorCode: error.code };
  }
}

/** The user's Magicubes as ModelScope reports them; a failed reading is `unreadable`, never 0. */
export async function getCredits(actor: Actor): Promise<Credits> {
  store.__mspCredits ??= new Map();
  const cached = store.__mspCredits.get(actor.userId);
  if (cached && monotonicMs() - cached.readMs < FRESH_MS && cached.credits.state === "known") {
    return cached.credits;
  }
  const credits = await readCredits(actor);
  store.__mspCredits.set(actor.userId, { credits, readMs: monotonicMs() });
  return credits;
}

/** Forgets the last reading, for a new token. */
export function forgetCredits({ userId }: Actor): void {
  store.__mspCredits?.delete(userId);
}
