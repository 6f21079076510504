import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { toLedgerDay } from "@/lib/shared/calendar";
import { AppError } from "@/lib/shared/errors";
import type { TeamLimits, TeamUsage, TeamUsageQuery } from "@/lib/shared/schemas/admin";
import { type DayLimits, type LimitsBody, MEASURES } from "@/lib/shared/schemas/limits";
import { now } from "../clock";
import { findPeople } from "../db/audit";
import { deleteLimits, findLimits, type LimitScope, type Limits, saveLimits } from "../db/limits";
import { findUsed } from "../db/usage";
import { findUserId } from "../db/users";
import { audit } from "./audit";
import { sumUp, toSpan } from "./usage";
import { toCsv } from "./usage-export";

/** Sums of everybody: by member, model, kind or ending. An administrator's look, which is written down. */
export async function getTeamUsage(actor: Actor, query: TeamUsageQuery): Promise<TeamUsage> {
  const span = toSpan(query);
  await audit(actor, "usage.view", `${span.from} – ${span.to}`);
  const [usage, people] = await Promise.all([
    sumUp(null, span, query.by ?? "member"),
    findPeople({ withSuspended: true }),
  ]);
  return { ...usage, names: Object.fromEntries(people.map(({ id, name }) => [id, name])) };
}

const COLUMNS = ["calls", "attempts", "credits"] as const;

/** The same as a file: one row a day, or hour, and group. */
export async function exportTeamUsage(actor: Actor, query: TeamUsageQuery) {
  const span = toSpan(query);
  const by = query.by ?? "member";
  await audit(actor, "usage.export", `${span.from} – ${span.to}`);
  const [{ buckets }, people] = await Promise.all([
    sumUp(null, span, by),
    findPeople({ withSuspended: true }),
  ]);
  const names = new Map(people.map(({ id, email }) => [id, email]));
  const rows = buckets.map((bucket) => [
    bucket.at,
    by === "member" ? (names.get(bucket.key) ?? bucket.key) : bucket.key,
    ...COLUMNS.map((column) => bucket[column]),
  ]);
  const body = toCsv([[span.bucket, by, ...COLUMNS], ...rows], { isFirst: true });
  return { body, mediaType: "text/csv", name: `team-usage-${span.from}-${span.to}.csv` };
}

const toLimits = (limits: Limits | undefined): DayLimits => ({
  calls: limits?.calls ?? null,
  credits: limits?.halfCredits == null ? null : limits.halfCredits / 2,
  pictures: limits?.pictures ?? null,
});

async function findToday(scope: Parameters<typeof findUsed>[0]) {
  const { calls, halfCredits, pictures } = await findUsed(scope, toLedgerDay(now()));
  return { calls, credits: halfCredits / 2, pictures };
}

/** All limits of a day with how far they are used. An administrator's look, which is written down. */
export async function getTeamLimits(actor: Actor): Promise<TeamLimits> {
  await audit(actor, "limits.view");
  const [limits, people, teamToday] = await Promise.all([
    findLimits(),
    findPeople({ withSuspended: false }),
    findToday(null),
  ]);
  const of = (scope: string) => limits.find((one) => one.scope === scope);
  return {
    team: toLimits(of("team")),
    members: toLimits(of("members")),
    teamToday,
    people: await Promise.all(
      people.map(async (person) => ({
        ...person,
        limits: toLimits(of(person.id) ?? of("members")),
        hasOwnLimits: of(person.id) !== undefined,
        today: await findToday(person.id as Parameters<typeof findUsed>[0]),
      })),
    ),
  };
}

/** A scope that exists. Throws `not_found`. */
async function requireScope(scope: string): Promise<LimitScope> {
  if (scope === "team" || scope === "members") return scope;
  const userId = await findUserId(scope);
  if (!userId) throw new AppError("not_found");
  return userId;
}

/** Changes as the log keeps them: `calls 9 → 10, pictures – → 3`. */
const toDetail = (changes: LimitsBody, before: DayLimits) =>
  MEASURES.filter((measure) => changes[measure] !== undefined)
    .map((measure) => `${measure} ${before[measure] ?? "–"} → ${changes[measure] ?? "–"}`)
    .join(", ");

/** In half credits; what is absent stays absent. */
const toChanges = ({ credits, ...counts }: LimitsBody): Partial<Limits> => ({
  ...counts,
  ...(credits !== undefined && {
    halfCredits: credits === null ? null : Math.round(credits * 2),
  }),
});

/**
 * Changes limits of a scope, at once for the next call; null takes a member's own away, so that those of
 * every member hold again. A member without own ones begins with those. Throws `not_found`.
 */
export async function setLimits(
  actor: Actor,
  scope: string,
  changes: LimitsBody | null,
): Promise<void> {
  const known = await requireScope(scope);
  const limits = await findLimits();
  const of = (wanted: string) => limits.find((one) => one.scope === wanted);
  const before = of(known) ?? (known === "team" ? undefined : of("members"));
  const detail = changes ? toDetail(changes, toLimits(before)) : "→ members";
  await audit(actor, "limits.change", scope, detail);
  if (!changes) return deleteLimits(known);
  const { calls = null, halfCredits = null, pictures = null } = before ?? {};
  return saveLimits(known, toChanges(changes), { calls, halfCredits, pictures });
}
