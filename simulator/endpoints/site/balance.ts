import { type Exchange, sendJson } from "../http.ts";
import { TOKEN_SCENARIOS } from "../scenarios.ts";
import { sendOpenApi, sendOpenApiError } from "../site-envelopes.ts";
import { type Caller, forCaller } from "../site-identity.ts";
import { balanceOf } from "../state.ts";

const isDown = (token: string) => TOKEN_SCENARIOS[token]?.status === 502;

/** Does what a scenario does instead of answering; true where it did. */
function plays({ response }: Exchange, fault: string | undefined): boolean {
  switch (fault) {
    case "limited":
      sendOpenApiError(response, 429, "RateLimitExceeded", "Request limit exceeded.");
      return true;
    case "silent":
      return true; // the connection stays open
    case "unreachable":
      response.socket?.destroy();
      return true;
    default:
      return false;
  }
}

/** `GET /openapi/v1/users/me`: also for accounts that may not infer. */
export const usersMe = forCaller((exchange, { token, username, scenario }) => {
  const { response } = exchange;
  if (isDown(token)) return sendJson(response, 502, null);
  if (plays(exchange, scenario?.me)) return;
  sendOpenApi(response, {
    username,
    nickname: username,
    email: `${username}@example.com`,
    avatar_url: "",
    description: "simulated",
  });
});

/** Available and held Magicubes of a caller. */
export function magicubesOf({ state }: Exchange, { token, scenario }: Caller) {
  if (scenario?.fixed) return scenario.fixed;
  const isEmpty = TOKEN_SCENARIOS[token]?.message === "insufficient balance";
  return { available: isEmpty ? 0 : balanceOf(state, token), frozen: 0 };
}

/** `GET /openapi/v1/magicubes/balance`. */
export const balance = forCaller((exchange, caller) => {
  const { response } = exchange;
  if (isDown(caller.token)) return sendJson(response, 502, null);
  if (plays(exchange, caller.scenario?.balance)) return;
  if (caller.scenario?.balance === "no-data") return sendJson(response, 200, { success: true });
  const { available, frozen } = magicubesOf(exchange, caller);
  sendOpenApi(response, {
    total_balance: available + frozen,
    available_balance: available,
    frozen_amount: frozen,
  });
});
