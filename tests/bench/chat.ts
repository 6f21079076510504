import { BROWSER_ROWS } from "./chat/browser-rows";
import { runRows } from "./chat/run-rows";
import { SERVER_ROWS } from "./chat/server-rows";

/**
 * What a chat costs on its way through the app, against a route of the same build that only hands the
 * upstream's bytes on.
 */
await runRows({ ...SERVER_ROWS, ...BROWSER_ROWS }, 200);
