import type { ServerResponse } from "node:http";
import { pause } from "./http.ts";

/** Waits until the other side has read, so that a slow reader does not fill this memory. */
function untilDrained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off("drain", go);
      response.off("close", go);
      resolve();
    };
    response.once("drain", go);
    response.once("close", go);
  });
}

/**
 * Writes bytes no faster than they are read; nothing where nobody listens any more. A fast reader drains
 * within the same turn of the event loop, so others are let in before the next write.
 */
export async function writeAll(response: ServerResponse, bytes: Buffer): Promise<void> {
  if (response.destroyed || response.write(bytes)) return;
  await untilDrained(response);
  await pause(0);
}
