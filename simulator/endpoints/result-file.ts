import type { Exchange } from "../http.ts";
import { imageFaultOf } from "../image-faults.ts";
import { drawLandscape } from "../landscape.ts";
import { FILE_FAULTS, sendBucketError, sendPicture } from "../picture-files.ts";

/** `GET /img/{hex}.png`: plays the bucket with the finished pictures; nobody is asked for a token. */
export function resultFile(exchange: Exchange) {
  const { response, url, state } = exchange;
  const hex = /^\/img\/([0-9a-f]{32})\.(?:png|jpeg)$/.exec(url.pathname)?.[1] ?? "0";
  const task = state.tasks.get(String(Number.parseInt(hex, 16)));
  if (!task) return sendBucketError(response, 404);
  const toBytes = () => drawLandscape(task.width, task.height, task.seed);
  const { file } = imageFaultOf(task.prompt);
  if (!file) return sendPicture(response, toBytes());
  return FILE_FAULTS[file]({ exchange, toBytes });
}
