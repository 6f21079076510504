import type { ChatModel } from "./chat-model.ts";
import { HUB_MODELS } from "./hub-models.ts";
import { IMAGE_MODEL_ROWS, type ImageModel } from "./image-models.ts";
import { REFUSING_MODELS } from "./refusing-models.ts";
import { STREAM_MODELS } from "./stream-models.ts";
import { THINKING_MODELS } from "./thinking-models.ts";
import { WIRE_MODELS } from "./wire-models.ts";

/** Those that begin with `simulator/` exist only here, for what seldom happens there. */
export const CHAT_MODELS: Record<string, ChatModel> = {
  ...HUB_MODELS,
  ...REFUSING_MODELS,
  ...STREAM_MODELS,
  ...THINKING_MODELS,
  ...WIRE_MODELS,
};

export const IMAGE_MODELS: Record<string, ImageModel> = IMAGE_MODEL_ROWS;
