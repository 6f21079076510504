import "server-only";
import type { Site } from "@/lib/shared/schemas/token";
import { type Query, queryNamed } from "./pool";

/** Sightings of one price that must agree before it is believed, and how many more it keeps in store. */
const BELIEVED_VOTES = 2;
const MAX_VOTES = 5;

/**
 * Counts one more sighting of what a call cost. The candidate gains by agreement and loses by
 * disagreement, and at nothing gives way: a price that changes is learnt anew.
 */
export async function insertSighting(
  query: Query,
  seen: { site: Site; model: string; halfCredits: number; at: Date },
): Promise<void> {
  await query(
    "insert-sighting",
    `insert into "LearntPrice" as l (site, model, "halfCredits", votes, "seenAt")
     values ($1, $2, $3, 1, $4)
     on conflict (site, model) do update set
       "halfCredits" = case when l.votes = 0 then $3 else l."halfCredits" end,
       votes = case when l.votes = 0 then 1
                    when l."halfCredits" = $3 then least(l.votes + 1, ${MAX_VOTES})
                    else l.votes - 1 end,
       "seenAt" = $4`,
    [seen.site, seen.model, seen.halfCredits, seen.at],
  );
}

/** The prices that are believed, in half credits. */
export function findLearntPrices(site: Site): Promise<{ model: string; halfCredits: number }[]> {
  return queryNamed(
    "find-learnt-prices",
    `select model, "halfCredits" from "LearntPrice" where site = $1 and votes >= ${BELIEVED_VOTES}`,
    [site],
  );
}
