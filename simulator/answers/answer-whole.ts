import { type Exchange, reset, sendJson } from "../http.ts";
import type { ChatModel } from "../models/chat-model.ts";

/** Answers a call that is not streamed. Of the faults of a stream only those remain that need no frames. */
export function answerWhole({ response }: Exchange, { fault }: ChatModel, whole: object) {
  if (fault === "reset") return reset(response);
  if (fault === "endless" || fault === "flood" || fault?.startsWith("stall")) return;
  sendJson(response, 200, whole);
}
