import { type Exchange, sendJson } from "../http.ts";
import { CHAT_MODELS, IMAGE_MODELS } from "../models/all-models.ts";

/** `GET /v1/models`: 200 for any token or none; the values beside `id` are placeholders. */
export function models({ response }: Exchange) {
  const chatIds = Object.entries(CHAT_MODELS).flatMap(([id, { listed = true }]) =>
    listed ? [id] : [],
  );
  const data = [...chatIds, ...Object.keys(IMAGE_MODELS)].map((id) => ({
    id,
    object: "model",
    created: 1_769_900_000,
    owned_by: id.split("/")[0],
  }));
  sendJson(response, 200, { object: "list", data });
}
