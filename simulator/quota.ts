import { chinaDayOf } from "./clock.ts";
import { type Exchange, rowOf } from "./http.ts";
import type { RefusalName } from "./refusals/table.ts";
import { balanceOf, countUp, type SimulatedTask, spend } from "./state.ts";
import { TOKEN_SCENARIOS } from "./tokens.ts";

/** The numbers of spring 2026. */
const TOTAL_LIMIT = 2_000;
const MODEL_LIMIT = 500;

/** One call that is to be charged. `price` 0: an external provider's, outside of every limit. */
export type Charge = { model: string; price: number };

const isDaily = ({ state, token }: Exchange) =>
  state.options.era === "daily" || rowOf(TOKEN_SCENARIOS, token ?? "")?.usedToday !== undefined;

function keysOf({ state, account }: Exchange, model: string) {
  const day = `${chinaDayOf(state.clock.nowMs())} ${account}`;
  return { total: day, model: `${day} ${model}` };
}

function leftToday(exchange: Exchange, model: string) {
  const { state, token } = exchange;
  const { dailyCalls } = state;
  const keys = keysOf(exchange, model);
  const used = rowOf(TOKEN_SCENARIOS, token ?? "")?.usedToday;
  return {
    total: TOTAL_LIMIT - (used?.total ?? 0) - (dailyCalls.get(keys.total) ?? 0),
    model: MODEL_LIMIT - (used?.model ?? 0) - (dailyCalls.get(keys.model) ?? 0),
  };
}

/** The four headers of the old era; today's service sends none (dump of 2026-10-04). */
function setHeaders(exchange: Exchange, model: string): void {
  const left = leftToday(exchange, model);
  const headers = {
    "modelscope-ratelimit-requests-limit": TOTAL_LIMIT,
    "modelscope-ratelimit-requests-remaining": left.total,
    "modelscope-ratelimit-model-requests-limit": MODEL_LIMIT,
    "modelscope-ratelimit-model-requests-remaining": left.model,
  };
  for (const [name, value] of Object.entries(headers)) {
    exchange.response.setHeader(name, String(Math.max(0, value)));
  }
}

/** Why a call is beyond the quota; null where it is within. Charges nothing. */
export function findQuotaFault(exchange: Exchange, { model, price }: Charge): RefusalName | null {
  const { state, account } = exchange;
  if (price === 0) return null;
  if (!isDaily(exchange)) {
    return balanceOf(state, account) < price ? "no-balance" : null;
  }
  setHeaders(exchange, model);
  const left = leftToday(exchange, model);
  if (left.model <= 0) return "quota-day";
  // Inferred: which text a used-up total had.
  return left.total <= 0 ? "request-limit" : null;
}

/** Books a call that is answered. That a refused one costs nothing is believed, not proven. */
export function charge(exchange: Exchange, { model, price }: Charge): void {
  const { state, account } = exchange;
  state.bills.push({ account, model, price, tokens: null });
  if (price === 0) return;
  if (!isDaily(exchange)) return void spend(state, account, price);
  const keys = keysOf(exchange, model);
  countUp(state.dailyCalls, keys.total);
  countUp(state.dailyCalls, keys.model);
  setHeaders(exchange, model);
}

/** Gives the Magicubes of a failed picture back, once: what fails for system reasons is free. */
export function refund(exchange: Exchange, task: SimulatedTask): void {
  if (isDaily(exchange)) return;
  const { balances } = exchange.state;
  balances.set(task.account, balanceOf(exchange.state, task.account) + task.price);
  task.price = 0;
}
