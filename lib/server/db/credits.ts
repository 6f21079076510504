import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import { type Query, queryNamed } from "./pool";

export type CreditState = {
  available: number;
  held: number | null;
  readAt: Date;
  /** Since when this account is looked at. */
  watchedAt: Date;
  /** The balance at the last reading that no call ran across, in half credits, and when that was. */
  quietHalf: number | null;
  quietAt: Date | null;
};

/** The last reading of a user's balance that succeeded; null where there is none. */
export function findCreditState(userId: UserId): Promise<CreditState | null> {
  return getDb().creditState.findUnique({
    where: { userId },
    select: {
      available: true,
      held: true,
      readAt: true,
      watchedAt: true,
      quietHalf: true,
      quietAt: true,
    },
  });
}

/**
 * Takes the state of a user's balance for this transaction; `state` is null before the first reading.
 * Null where the token is no longer the user's: what was read with it says nothing of the account of another.
 */
export async function holdCreditState(
  query: Query,
  userId: UserId,
  tokenId: string,
): Promise<{ state: CreditState | null } | null> {
  const tokens = await query(
    "hold-credits",
    `select pg_advisory_xact_lock(hashtextextended('credits ' || $1, 0))
     from "ModelScopeToken" where id = $2 and "userId" = $1 for share`,
    [userId, tokenId],
  );
  if (tokens.length === 0) return null;
  const [state = null] = await query<CreditState>(
    "hold-credit-state",
    `select available, held, "readAt", "watchedAt", "quietHalf", "quietAt" from "CreditState"
     where "userId" = $1`,
    [userId],
  );
  return { state };
}

export async function saveCreditState(
  query: Query,
  userId: UserId,
  state: CreditState,
): Promise<void> {
  await query(
    "save-credit-state",
    `insert into "CreditState" ("userId", available, held, "readAt", "quietHalf", "quietAt", "watchedAt")
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict ("userId") do update set available = $2, held = $3, "readAt" = $4,
       "quietHalf" = coalesce($5, "CreditState"."quietHalf"), "quietAt" = coalesce($6, "CreditState"."quietAt")`,
    [
      userId,
      state.available,
      state.held,
      state.readAt,
      state.quietHalf,
      state.quietAt,
      state.watchedAt,
    ],
  );
}

export type CallBetween = {
  id: string;
  model: string;
  isCall: boolean;
  isComplete: boolean;
  /** An attempt that may have been charged all the same: it was sent, and not refused. */
  isDoubtful: boolean;
  askedAt: Date;
  endedAt: Date | null;
  price: number | null;
};

/**
 * The user's calls that ModelScope was asked for and that were not over at `since`; without an end where
 * they go on. What still waits for its turn, or for Magicubes, is not among them; nothing waits a week.
 */
export function findCallsSince(query: Query, userId: UserId, since: Date): Promise<CallBetween[]> {
  return query<CallBetween>(
    "find-calls-since",
    `select e.id, e.model, e."isCall", e.status = 'complete' as "isComplete",
            not e."isCall" and e.status in ('failed', 'unknown') and e."errorCode" in (
              'empty_answer', 'upstream_down', 'timeout', 'interrupted', 'restarting', 'internal',
              'image_unknown', 'image_failed', 'image_timeout', 'image_lost') as "isDoubtful", coalesce(e."calledAt", i."submittedAt", e."startedAt") as "askedAt",
            case when e.status <> 'open' then e."endedAt" end as "endedAt", e."priceHalfCredits" as price
     from "UsageEntry" e
     left join "Run" r on r.id = e."runId"
     left join "Image" i on i.id = e."imageId"
     where e."userId" = $1 and (e.status <> 'open' or not (
         (r.id is not null and r."calledAt" is null) or coalesce(i.status in ('new', 'needs_token'), false)))
       and (e.status = 'open' or e."endedAt" > $2)
       and e."startedAt" > $2::timestamptz - interval '7 days'`,
    [userId, since],
  );
}

/** Whether Magicubes that are known of may have lapsed between two instants. */
export async function mayLapse(
  query: Query,
  userId: UserId,
  from: Date,
  to: Date,
): Promise<boolean> {
  const rows = await query(
    "may-lapse",
    `select 1 from "CreditGrant" where "userId" = $1 and "lapsesFrom" <= $3 and "lapsesBy" >= $2`,
    [userId, from, to],
  );
  return rows.length > 0;
}

/** Adds half credits to what a ledger day shows. */
export async function addToCreditDay(
  query: Query,
  userId: UserId,
  day: string,
  more: { elsewhere: number; unclear: number; granted: number },
): Promise<void> {
  await query(
    "add-to-credit-day",
    `insert into "CreditDay" as d ("userId", day, elsewhere, unclear, granted) values ($1, $2, $3, $4, $5)
     on conflict ("userId", day) do update set elsewhere = d.elsewhere + $3, unclear = d.unclear + $4,
       granted = d.granted + $5`,
    [userId, day, more.elsewhere, more.unclear, more.granted],
  );
}

export async function insertGrant(
  query: Query,
  userId: UserId,
  grant: { id: string; halfCredits: number; lapsesFrom: Date; lapsesBy: Date },
): Promise<void> {
  await query(
    "insert-grant",
    `insert into "CreditGrant" (id, "userId", "halfCredits", "lapsesFrom", "lapsesBy")
     values ($1, $2, $3, $4, $5)`,
    [grant.id, userId, grant.halfCredits, grant.lapsesFrom, grant.lapsesBy],
  );
}

/** Writes what a call was seen to cost. */
export async function savePrice(
  query: Query,
  userId: UserId,
  id: string,
  halfCredits: number,
): Promise<void> {
  await query(
    "save-price",
    `update "UsageEntry" set "priceHalfCredits" = $3, "priceSource" = 'measured'
     where id = $1 and "userId" = $2`,
    [id, userId, halfCredits],
  );
}

/** Grants of a user's that have not lapsed, the last to lapse first. */
export function findGrants(userId: UserId, at: Date) {
  return getDb().creditGrant.findMany({
    where: { userId, lapsesBy: { gt: at } },
    orderBy: { lapsesBy: "desc" },
    select: { halfCredits: true, lapsesFrom: true, lapsesBy: true },
  });
}

/** Forgets an account that is no longer the user's; what was spent with it stays. */
export async function deleteCreditState(userId: UserId): Promise<void> {
  await queryNamed(
    "delete-credit-state",
    `with state as (delete from "CreditState" where "userId" = $1)
     delete from "CreditGrant" where "userId" = $1`,
    [userId],
  );
}

/** Deletes grants that lapsed before an instant: nothing is explained by them any more. */
export async function deleteLapsedGrants(before: Date): Promise<void> {
  await getDb().creditGrant.deleteMany({ where: { lapsesBy: { lt: before } } });
}

export type CreditDayRow = { elsewhere: number; unclear: number; granted: number; days: number };

/** Sums in half credits of what the balance told of some days, and of how many; null where it told nothing. */
export async function sumCreditDays(
  userId: UserId,
  from: string,
  to: string,
): Promise<CreditDayRow | null> {
  const [row] = await queryNamed<CreditDayRow>(
    "sum-credit-days",
    `select sum(elsewhere)::int as elsewhere, sum(unclear)::int as unclear, sum(granted)::int as granted,
            count(*)::int as days
     from "CreditDay" where "userId" = $1 and day between $2 and $3 having count(*) > 0`,
    [userId, from, to],
  );
  return row ?? null;
}

/** Half credits of the user's calls since an instant, and when the first of them began. */
export async function sumSpentSince(
  userId: UserId,
  since: Date,
): Promise<{ halfCredits: number; firstAt: Date | null }> {
  const [row] = await queryNamed<{ halfCredits: number; firstAt: Date | null }>(
    "sum-spent-since",
    `select coalesce(sum("priceHalfCredits"), 0)::int as "halfCredits", min("startedAt") as "firstAt"
     from "UsageEntry" where "userId" = $1 and "startedAt" > $2 and "isCall"`,
    [userId, since],
  );
  return row ?? { halfCredits: 0, firstAt: null };
}

/** Whether a call of the user's has ended since an instant: what was left then is left no longer. */
export async function hasCallEndedSince(userId: UserId, since: Date): Promise<boolean> {
  const rows = await queryNamed(
    "has-call-ended-since",
    `select 1 from "UsageEntry" where "userId" = $1 and "endedAt" > $2
       and "startedAt" > $2::timestamptz - interval '1 day' limit 1`,
    [userId, since],
  );
  return rows.length > 0;
}
