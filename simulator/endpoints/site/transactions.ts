import type { Exchange } from "../../http.ts";
import { EARN_RULES, hasPaid } from "../../site/earn-rules.ts";
import { sendOpenApi, sendOpenApiError } from "../../site/envelopes.ts";
import { type Caller, forCaller } from "../../site/identity.ts";
import { magicubesOf } from "../../site/magicubes.ts";
import { pageOf, readPage } from "../../site/page.ts";

const MAX_PAGE = 100;

/** What was granted today less what is left: everything spent, as one row. */
function spentOf(exchange: Exchange, caller: Caller): number {
  const total = EARN_RULES.filter(hasPaid).reduce((sum, { amount }) => sum + amount, 0);
  const { available, frozen } = magicubesOf(exchange, caller);
  return Math.max(0, total - available - frozen);
}

/** The real ledger sums spending by day and tier; here all of it stands under `standard`. */
function rowsOf(exchange: Exchange, caller: Caller) {
  const today = new Date(exchange.state.clock.nowMs()).toISOString().slice(0, 10);
  const gmt_created = `${today} 00:00:00`;
  const spent = spentOf(exchange, caller);
  const earned = EARN_RULES.filter(hasPaid).map(({ rule_key, amount }) => ({
    type: "EARN",
    rule_key,
    total_amount: amount,
    count: 1,
    gmt_created,
  }));
  const spending = {
    type: "SPEND_CONFIRM",
    model_tier: "standard",
    total_amount: spent,
    count: Math.ceil(spent),
    gmt_created,
  };
  return spent > 0 ? [spending, ...earned] : earned;
}

/** `GET /openapi/v1/magicubes/transactions?type=EARN|SPEND_CONFIRM`: rows as clients read them. */
export const transactions = forCaller((exchange, caller) => {
  const { response, url } = exchange;
  const page = readPage(url.searchParams.get("page"), url.searchParams.get("page_size"));
  if (!page || page.size > MAX_PAGE)
    return sendOpenApiError(response, 400, "InvalidParameter", "page_size must be 1 to 100");
  const wanted = url.searchParams.get("type");
  const rows = rowsOf(exchange, caller).filter(({ type }) => !wanted || type === wanted);
  sendOpenApi(response, { records: pageOf(rows, page), total_count: rows.length });
});
