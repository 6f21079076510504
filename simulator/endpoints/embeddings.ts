import { createHash, randomUUID } from "node:crypto";
import { refuseByLimits, refuseByToken } from "../gate.ts";
import { countField, type Exchange, field, rowOf, sendJson, textField } from "../http.ts";
import { charge } from "../quota.ts";
import { refuse } from "../refusals/refuse.ts";
import { countTokens } from "../replies.ts";

/** Length of the vectors by model: the models' own. Unlisted, since the list is for chat and pictures; prices are inferred. */
const EMBEDDING_MODELS = {
  "Qwen/Qwen3-Embedding-8B": { dimensions: 4096, price: 0.5 },
  "Qwen/Qwen3-Embedding-4B": { dimensions: 2560, price: 0.5 },
  "Qwen/Qwen3-Embedding-0.6B": { dimensions: 1024, price: 0.5 },
} as const;

/** A unit vector that depends on nothing but the text. */
function vectorOf(text: string, dimensions: number): number[] {
  const hash = createHash("sha256").update(text).digest();
  const raw = Array.from({ length: dimensions }, (_, at) =>
    Math.sin((hash[at % hash.length] ?? 0) + at * 0.7),
  );
  const length = Math.hypot(...raw);
  return raw.map((value) => value / length);
}

const toBase64 = (vector: number[]) =>
  Buffer.from(Float32Array.from(vector).buffer).toString("base64");

/** `POST /v1/embeddings`: undocumented; `encoding_format` is mandatory (measured August 2026). */
export function embeddings(exchange: Exchange) {
  const { response, body } = exchange;
  if (refuseByToken(exchange)) return;
  const format = textField(body, "encoding_format");
  if (format !== "float" && format !== "base64") {
    return refuse(exchange, "encoding-format", { given: format });
  }
  const model = textField(body, "model");
  const known = rowOf(EMBEDDING_MODELS, model);
  if (!known) return refuse(exchange, "no-provider", { model });
  if (refuseByLimits(exchange, { model, price: known.price })) return;
  const texts = [field(body, "input")].flat().filter((text) => typeof text === "string");
  if (texts.length === 0) return refuse(exchange, "input-needed");
  charge(exchange, { model, price: known.price });
  const dimensions = Math.min(countField(body, "dimensions") ?? known.dimensions, known.dimensions);
  const data = texts.map((text, index) => {
    const vector = vectorOf(text, dimensions);
    return {
      object: "embedding",
      index,
      embedding: format === "float" ? vector : toBase64(vector),
    };
  });
  const tokens = countTokens(texts.join(""));
  const usage = { prompt_tokens: tokens, total_tokens: tokens };
  sendJson(response, 200, { object: "list", data, model, usage, id: randomUUID() });
}
