import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import { queryNamed } from "./pool";

/** What a limit counts, and whose it is. */
export type ReachedLimit = `${"team" | "member"} ${"calls" | "credits" | "pictures"}`;

/**
 * As the first part of a statement that opens ledger rows: `reserved.fault` names the limit that so much
 * more would break, and where it is not null nothing may be written. Who asks for the same scope comes
 * one after the other; the open rows are the reservation. The other parts must read it before they lock
 * anything. `$n` are the places of user, day, calls, half credits and pictures.
 */
export const reserved = (
  user: number,
  day: number,
  calls: string,
  half: string,
  pictures: string,
) =>
  `reserved as materialized (
     select find_reached_limit($${user}, $${day}, ${calls}, ${half}, ${pictures}) as fault)`;

/** Limits of a ledger day; null = none. */
export type Limits = { calls: number | null; halfCredits: number | null; pictures: number | null };
export type LimitScope = "team" | "members" | UserId;

const LIMITS = { scope: true, calls: true, halfCredits: true, pictures: true } as const;

/** Every limit there is, of the team, of each member, and of single members. */
export function findLimits(): Promise<(Limits & { scope: string })[]> {
  return getDb().usageLimit.findMany({ orderBy: { scope: "asc" }, select: LIMITS });
}

/** Changes some limits of a scope; a scope without any begins with `base`. */
export async function saveLimits(
  scope: LimitScope,
  changes: Partial<Limits>,
  base: Limits,
): Promise<void> {
  await getDb().usageLimit.upsert({
    where: { scope },
    create: { ...base, ...changes, scope },
    update: changes,
    select: { scope: true },
  });
}

/** Takes a scope's own limits away. */
export async function deleteLimits(scope: LimitScope): Promise<void> {
  await getDb().usageLimit.deleteMany({ where: { scope } });
}

export type CapRow = Limits & {
  whose: "team" | "member" | "self";
  usedCalls: number;
  usedHalfCredits: number;
  usedPictures: number;
};

/** The limits that hold for a user today, its own budget too, with what is used of each. */
export function findCaps(userId: UserId, day: string): Promise<CapRow[]> {
  return queryNamed<CapRow>(
    "find-caps",
    `with caps as (
       select case when scope = 'team' then 'team' else 'member' end as whose, calls, "halfCredits", pictures
       from "UsageLimit"
       where scope in ('team', $1) or (scope = 'members'
         and not exists (select from "UsageLimit" o where o.scope = $1))
       union all
       select 'self', null, "budgetHalfCredits", null from "User"
       where id = $1 and "budgetHalfCredits" is not null
     )
     select whose, caps.calls, caps."halfCredits", caps.pictures, used.calls as "usedCalls",
            used."halfCredits" as "usedHalfCredits", used.pictures as "usedPictures"
     from caps, lateral used_on_day(case whose when 'team' then null else $1 end, $2) used
     order by whose`,
    [userId, day],
  );
}

/** What the user means to spend in a day, in half credits; null = no budget. */
export async function saveBudget(userId: UserId, budgetHalfCredits: number | null): Promise<void> {
  await getDb().user.update({
    where: { id: userId },
    data: { budgetHalfCredits },
    select: { id: true },
  });
}
