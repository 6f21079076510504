import { sendOpenApi } from "../../site/envelopes.ts";
import { playSiteFault } from "../../site/faults.ts";
import { forCaller } from "../../site/identity.ts";
import { magicubesOf } from "../../site/magicubes.ts";

/** `GET /openapi/v1/magicubes/balance`. */
export const balance = forCaller((exchange, caller) => {
  if (playSiteFault(exchange, caller, caller.scenario?.balance)) return;
  const { available, frozen } = magicubesOf(exchange, caller);
  sendOpenApi(exchange.response, {
    total_balance: available + frozen,
    available_balance: available,
    frozen_amount: frozen,
  });
});
