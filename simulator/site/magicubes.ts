import type { Exchange } from "../http.ts";
import { balanceOf } from "../state.ts";
import { TOKEN_SCENARIOS } from "../tokens.ts";
import type { Caller } from "./identity.ts";
import { accountOf } from "./oauth-store.ts";

/** Available and held Magicubes of a caller. */
export function magicubesOf({ state }: Exchange, { token, scenario }: Caller) {
  if (scenario?.fixed) return scenario.fixed;
  const isEmpty = TOKEN_SCENARIOS[token]?.refusal === "no-balance";
  return { available: isEmpty ? 0 : balanceOf(state, accountOf(state, token)), frozen: 0 };
}
