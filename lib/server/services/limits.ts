import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { secondsToNextLedgerDay, toLedgerDay } from "@/lib/shared/calendar";
import { AppError, type ErrorCode } from "@/lib/shared/errors";
import type { Cap } from "@/lib/shared/schemas/credits";
import { now } from "../clock";
import { type CapRow, findCaps, type ReachedLimit, saveBudget } from "../db/limits";

/** From here on a limit is said to be near. */
const NEAR = 0.8;

const ERRORS: Record<ReachedLimit, ErrorCode> = {
  "member calls": "member_calls_spent",
  "member credits": "member_credits_spent",
  "member pictures": "member_pictures_spent",
  "team calls": "team_calls_spent",
  "team credits": "team_credits_spent",
  "team pictures": "team_pictures_spent",
};

/** What is said of a limit of the team's that a click would break; tomorrow it counts from nothing. */
export function toLimitError(fault: ReachedLimit): AppError {
  return new AppError(ERRORS[fault], { retryAfterSeconds: secondsToNextLedgerDay(now()) });
}

function levelOf(limit: number, used: number): Cap["level"] {
  if (used >= limit) return "reached";
  return used >= limit * NEAR ? "near" : "ok";
}

function toCaps({ whose, ...row }: CapRow): Cap[] {
  const measures = [
    { measure: "calls", limit: row.calls, used: row.usedCalls, unit: 1 },
    { measure: "credits", limit: row.halfCredits, used: row.usedHalfCredits, unit: 2 },
    { measure: "pictures", limit: row.pictures, used: row.usedPictures, unit: 1 },
  ] as const;
  return measures.flatMap(({ measure, limit, used, unit }) =>
    limit === null
      ? []
      : [
          {
            scope: whose,
            measure,
            level: levelOf(limit, used),
            limit: limit / unit,
            used: whose === "team" ? null : used / unit,
          },
        ],
  );
}

/** The limits that hold for the user today, and the user's own budget, with how far each is used. */
export async function listCaps({ userId }: Actor): Promise<Cap[]> {
  return (await findCaps(userId, toLedgerDay(now()))).flatMap(toCaps);
}

/** Sets what the user means to spend in a day, in Magicubes; null takes it back. It only warns. */
export async function setBudget({ userId }: Actor, credits: number | null): Promise<void> {
  await saveBudget(userId, credits === null ? null : Math.round(credits * 2));
}
