import { runRows } from "./chat/run-rows";
import { IMAGE_ROWS } from "./images/image-rows";

/** What pictures cost: an order, tasks under way, a long gallery. */
await runRows(IMAGE_ROWS, 500);
