import { EARN_RULES, hasPaid } from "../../site/earn-rules.ts";
import { sendOpenApi } from "../../site/envelopes.ts";
import { forCaller } from "../../site/identity.ts";

/** `GET /openapi/v1/magicubes/earn/rules`: what grants Magicubes, and what was earned today. */
export const earnRules = forCaller(({ response }) => {
  const rows = EARN_RULES.map((rule) => {
    const used = hasPaid(rule) ? 1 : 0;
    return {
      ...rule,
      today_used: used,
      today_remain: rule.daily_cap - used,
      today_earned_amount: used * rule.amount,
    };
  });
  sendOpenApi(response, rows);
});
