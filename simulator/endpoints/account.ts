import { randomUUID } from "node:crypto";
import { type Exchange, sendJson } from "../http.ts";
import { accountOf, TOKEN_SCENARIOS } from "../scenarios.ts";
import { balanceOf } from "../state.ts";

function refuse({ response }: Exchange) {
  sendJson(response, 401, {
    success: false,
    code: "InvalidAuthentication",
    message: "Invalid authentication: missing or invalid Authorization header",
    request_id: randomUUID(),
  });
}

const isDown = (token: string) => TOKEN_SCENARIOS[token]?.status === 502;

/** `GET /openapi/v1/users/me`: also for accounts that may not infer. */
export function usersMe(exchange: Exchange) {
  const { response, token } = exchange;
  if (!token || !TOKEN_SCENARIOS[token]) return refuse(exchange);
  if (isDown(token)) return sendJson(response, 502, null);
  const username = accountOf(token);
  sendJson(response, 200, {
    success: true,
    request_id: randomUUID(),
    data: { username, nickname: username, email: `${username}@example.com` },
  });
}

/** `GET /openapi/v1/magicubes/balance`. */
export function balance(exchange: Exchange) {
  const { response, token, state } = exchange;
  if (!token || !TOKEN_SCENARIOS[token]) return refuse(exchange);
  if (isDown(token)) return sendJson(response, 502, null);
  const isEmpty = TOKEN_SCENARIOS[token]?.message === "insufficient balance";
  const available = isEmpty ? 0 : balanceOf(state, token);
  sendJson(response, 200, {
    success: true,
    request_id: randomUUID(),
    data: { total_balance: available, available_balance: available, frozen_amount: 0 },
  });
}
