import { sendOpenApi } from "../../site/envelopes.ts";
import { playSiteFault } from "../../site/faults.ts";
import { forCaller } from "../../site/identity.ts";

/** `GET /openapi/v1/users/me`: also for accounts that may not infer. */
export const usersMe = forCaller((exchange, caller) => {
  const { username, scenario } = caller;
  if (playSiteFault(exchange, caller, scenario?.me)) return;
  sendOpenApi(exchange.response, {
    username,
    nickname: username,
    email: `${username}@example.com`,
    avatar_url: "",
    description: "simulated",
  });
});
