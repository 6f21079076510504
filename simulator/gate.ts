import { type Exchange, rowOf } from "./http.ts";
import { type Charge, findQuotaFault } from "./quota.ts";
import { refuse } from "./refusals/refuse.ts";
import { findOauthGrant } from "./site/oauth-store.ts";
import { countUp } from "./state.ts";
import { TOKEN_SCENARIOS, type TokenScenario } from "./tokens.ts";

/** What is to become of a token; null where nobody gave it out, or not for inference. */
function findScenario({ token, state }: Exchange): TokenScenario | null {
  const grant = findOauthGrant(state, token);
  if (!grant) return rowOf(TOKEN_SCENARIOS, token ?? "") ?? null;
  return grant.scopes.includes("api-inference") ? { about: "healthy, by sign-in" } : null;
}

/** Sends the refusal of a token's scenario; false where the token is healthy. */
export function refuseByToken(exchange: Exchange): boolean {
  const { account, state } = exchange;
  const scenario = findScenario(exchange);
  if (!scenario) {
    refuse(exchange, "unauthenticated");
    return true;
  }
  const { refusal, refusedCalls = Number.POSITIVE_INFINITY } = scenario;
  if (!refusal || countUp(state.attempts, account) > refusedCalls) return false;
  refuse(exchange, refusal);
  return true;
}

/** Takes one of the account's places until the answer is over; false where all are taken. */
function takePlace({ state, account, response }: Exchange): boolean {
  const { running, options } = state;
  if ((running.get(account) ?? 0) >= options.concurrency) return false;
  countUp(running, account);
  response.once("close", () => running.set(account, (running.get(account) ?? 1) - 1));
  return true;
}

/** Refuses a call beyond the quota or beside too many others. The order of the two is inferred. */
export function refuseByLimits(exchange: Exchange, charge: Charge): boolean {
  const { model } = charge;
  const fault = findQuotaFault(exchange, charge);
  if (fault) {
    refuse(exchange, fault, { model });
    return true;
  }
  if (takePlace(exchange)) return false;
  refuse(exchange, "request-limit", { model });
  return true;
}
