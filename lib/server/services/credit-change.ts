import "server-only";
import { HOUR_MS } from "@/lib/shared/calendar";

/** A call of the user's between two quiet readings of the balance. */
export type OwnCall = {
  id: string;
  model: string;
  /** When ModelScope was asked, and when it was over. */
  askedAt: Date;
  endedAt: Date;
  /** Whether it ended well: others may be charged later, otherwise or not at all. */
  isComplete: boolean;
  /** Half credits; null = not known. */
  price: number | null;
};

/** Two readings that no call ran across, in half credits, with what happened between them. */
export type Segment = {
  before: number;
  after: number;
  from: Date;
  to: Date;
  /** Calls that ModelScope is believed to have charged. */
  calls: readonly OwnCall[];
  /** Whether something was sent and failed that may have been charged all the same. */
  hasDoubtfulAttempt: boolean;
  /** Whether Magicubes that are known of may have lapsed meanwhile. */
  mayLapse: boolean;
  /** Whether the account was looked at for less than a day: what it had before may lapse at any time. */
  isNew: boolean;
};

/** Half credits by what became of them. */
export type Change = {
  elsewhere: number;
  unclear: number;
  granted: number;
  /** What the only call of the segment was seen to cost. */
  measured: { id: string; model: string; price: number } | null;
};

/** After so long nobody can tell spending from lapsing. */
const LONG_MS = HOUR_MS;
/** Prices that ModelScope names, in half credits: nothing, 0.5, 1 and 2. */
const TIERS = [0, 1, 2, 4];
/** What a new account loses at once from here on may be a grant that lapses; less hardly is. */
const LEAST_LAPSE = 20;

function overlap(calls: readonly OwnCall[]): boolean {
  const sorted = calls.toSorted((a, b) => a.askedAt.getTime() - b.askedAt.getTime());
  return sorted.some((call, index) => {
    const next = sorted[index + 1];
    return next !== undefined && next.askedAt < call.endedAt;
  });
}

/** The only call, where the balance shows what it cost; nothing is shown only where nothing is believed. */
function measure({ calls, before, after }: Segment): Change["measured"] {
  const [call] = calls;
  const price = before - after;
  if (!call?.isComplete || calls.length > 1 || !TIERS.includes(price)) return null;
  if (price === 0 && call.price !== 0) return null;
  return { id: call.id, model: call.model, price };
}

/**
 * What a change of the balance says, beside the calls of the ledger. What is more than those is spent
 * elsewhere, as long as that can be told: not where two calls overlap, the price of one is unknown,
 * Magicubes may have lapsed, or nobody looked for an hour. A rise is a grant.
 */
export function explainChange(segment: Segment): Change {
  const { before, after, from, to, calls, isNew } = segment;
  const isDoubtful =
    segment.mayLapse || segment.hasDoubtfulAttempt || to.getTime() - from.getTime() > LONG_MS;
  const measured = isDoubtful ? null : measure(segment);
  const believed = calls.reduce((sum, { price }) => sum + (price ?? 0), 0);
  const isUnpriced = calls.some(({ price }) => price === null);
  // A single call cost what left, unless its price was known and something else left as well.
  const own = measured && (isUnpriced || measured.price < believed) ? measured.price : believed;
  const rest = before - after - own;
  const nothing = { elsewhere: 0, unclear: 0, granted: 0, measured };
  // Calls that cost less than was thought look like a small grant; only a rise is one for sure.
  if (rest < 0) return { ...nothing, granted: after > before ? -rest : 0 };
  const hasVanished = isNew && rest >= LEAST_LAPSE;
  const isUnclear = isDoubtful || hasVanished || (isUnpriced && !measured) || overlap(calls);
  return isUnclear ? { ...nothing, unclear: rest } : { ...nothing, elsewhere: rest };
}
