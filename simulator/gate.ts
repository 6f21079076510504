import { type Exchange, rowOf } from "./http.ts";
import { type Charge, findQuotaFault } from "./quota.ts";
import { refuse } from "./refuse.ts";
import { TOKEN_SCENARIOS } from "./scenarios.ts";
import { countUp } from "./state.ts";

/** Sends the refusal of a token's scenario; false where the token is healthy. */
export function refuseByToken(exchange: Exchange): boolean {
  const { token, state } = exchange;
  const scenario = rowOf(TOKEN_SCENARIOS, token ?? "");
  if (!scenario) {
    refuse(exchange, "unauthenticated");
    return true;
  }
  const { refusal, refusedCalls = Number.POSITIVE_INFINITY } = scenario;
  if (!refusal || countUp(state.attempts, token ?? "") > refusedCalls) return false;
  refuse(exchange, refusal);
  return true;
}

/** Takes one of the token's places until the answer is over; false where all are taken. */
function takePlace({ state, token, response }: Exchange): boolean {
  const { running, options } = state;
  const key = token ?? "";
  if ((running.get(key) ?? 0) >= options.concurrency) return false;
  countUp(running, key);
  response.once("close", () => running.set(key, (running.get(key) ?? 1) - 1));
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
