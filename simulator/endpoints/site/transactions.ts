import type { Exchange } from "../http.ts";
import {
  pageOf,
  readCount,
  sendOpenApi,
  sendOpenApiError,
  sendSite,
  sendSiteError,
} from "../site-envelopes.ts";
import { type Caller, findCaller, forCaller, sessionCookieOf } from "../site-identity.ts";
import { EARN_RULES, EARNED_TODAY } from "../site-scenarios.ts";
import { magicubesOf } from "./account.ts";

const NOT_LOGGED_IN = 10010101001; // inferred
const MAX_PAGE = 100;

/** `GET /api/v1/users/login/info`: wants the token twice, as Bearer and as the session cookie. */
export function loginInfo(exchange: Exchange) {
  const { response, token } = exchange;
  const caller = token === sessionCookieOf(exchange) ? findCaller(exchange, token) : null;
  if (!caller) return sendSiteError(response, 401, NOT_LOGGED_IN, "user not logged in");
  sendSite(response, {
    Name: caller.username,
    Email: `${caller.username}@example.com`,
    Avatar: "",
    Description: "simulated",
  });
}

const hasPaid = (key: string) => EARNED_TODAY.includes(key);

/** `GET /openapi/v1/magicubes/earn/rules`: what grants Magicubes, and what was earned today. */
export const earnRules = forCaller(({ response }) => {
  sendOpenApi(
    response,
    EARN_RULES.map((rule) => ({
      ...rule,
      today_used: hasPaid(rule.rule_key) ? 1 : 0,
      today_remain: rule.daily_cap - (hasPaid(rule.rule_key) ? 1 : 0),
      today_earned_amount: hasPaid(rule.rule_key) ? rule.amount : 0,
    })),
  );
});

/** What was granted today less what is left: everything spent, as one row. */
function spentOf(exchange: Exchange, caller: Caller): number {
  const granted = EARN_RULES.filter(({ rule_key }) => hasPaid(rule_key));
  const total = granted.reduce((sum, { amount }) => sum + amount, 0);
  const { available, frozen } = magicubesOf(exchange, caller);
  return Math.max(0, total - available - frozen);
}

/**
 * `GET /openapi/v1/magicubes/transactions?type=EARN|SPEND_CONFIRM`: rows as clients read them. The real
 * ledger sums spending by day and tier; here all of it stands under `standard`.
 */
export const transactions = forCaller((exchange, caller) => {
  const { response, url } = exchange;
  const page = readCount(url.searchParams.get("page"), 1);
  const size = readCount(url.searchParams.get("page_size"), 10);
  if (page === null || size === null || size > MAX_PAGE)
    return sendOpenApiError(response, 400, "InvalidParameter", "page_size must be 1 to 100");
  const gmt_created = `${new Date().toISOString().slice(0, 10)} 00:00:00`;
  const earned = EARN_RULES.filter(({ rule_key }) => hasPaid(rule_key)).map((rule) => ({
    type: "EARN",
    rule_key: rule.rule_key,
    total_amount: rule.amount,
    count: 1,
    gmt_created,
  }));
  const spent = spentOf(exchange, caller);
  const row = {
    type: "SPEND_CONFIRM",
    model_tier: "standard",
    total_amount: spent,
    count: Math.ceil(spent),
    gmt_created,
  };
  const wanted = url.searchParams.get("type");
  const rows = [...(spent > 0 ? [row] : []), ...earned].filter(
    ({ type }) => !wanted || type === wanted,
  );
  sendOpenApi(response, { records: pageOf(rows, page, size), total_count: rows.length });
});
