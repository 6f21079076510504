import { runRows } from "./chat/run-rows";
import { USAGE_ROWS } from "./usage/usage-rows";

/** What a long ledger costs its page, and what a call costs in the ledger. */
await runRows(USAGE_ROWS, 100);
