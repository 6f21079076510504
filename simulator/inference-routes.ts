import { chat } from "./endpoints/chat.ts";
import { embeddings } from "./endpoints/embeddings.ts";
import { submit } from "./endpoints/images.ts";
import { messages } from "./endpoints/messages.ts";
import { models } from "./endpoints/models.ts";
import { responses } from "./endpoints/responses.ts";
import { resultFile } from "./endpoints/result-file.ts";
import { poll } from "./endpoints/tasks.ts";
import { type Route, sendJson } from "./http.ts";

/** Everything that api-inference.modelscope.cn answers. */
export const INFERENCE_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: /^\/$/,
    endpoint: ({ response }) =>
      sendJson(response, 200, { message: "Welcome to the ModelScope simulator" }),
  },
  { method: "GET", path: /^\/v1\/models$/, endpoint: models },
  { method: "POST", path: /^\/v1\/chat\/completions$/, endpoint: chat },
  { method: "POST", path: /^\/v1\/messages$/, endpoint: messages },
  { method: "POST", path: /^\/v1\/responses$/, endpoint: responses },
  { method: "POST", path: /^\/v1\/embeddings$/, endpoint: embeddings },
  { method: "POST", path: /^\/v1\/images\/generations$/, endpoint: submit },
  { method: "GET", path: /^\/v1\/tasks\/[^/]+$/, endpoint: poll },
  { method: "GET", path: /^\/img\/[^/]+$/, endpoint: resultFile },
];
