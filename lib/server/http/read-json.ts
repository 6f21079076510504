import "server-only";
import { AppError } from "@/lib/shared/errors";
import { getSettings } from "../env";

const BODY_DEADLINE_MS = 30_000;

/**
 * The body as bytes. Throws `body_too_large` past `maxBytes`, also before reading where the length is
 * announced, and `request_timeout` after 30 s.
 */
export async function readBytes(
  request: Request,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) {
    throw new AppError("body_too_large");
  }
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  const reader = request.body?.getReader();
  if (!reader) return new Uint8Array();
  const deadline = setTimeout(() => void reader.cancel(), BODY_DEADLINE_MS);
  const endMs = performance.now() + BODY_DEADLINE_MS;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      sizeBytes += value.byteLength;
      if (sizeBytes > maxBytes) throw new AppError("body_too_large");
      chunks.push(value);
    }
  } finally {
    clearTimeout(deadline);
    reader.cancel().catch(() => undefined);
  }
  if (performance.now() >= endMs) throw new AppError("request_timeout");
  return Buffer.concat(chunks);
}

/**
 * The JSON body of a request, undefined where it has none. Throws `unsupported_media_type`, `body_too_large`,
 * `request_timeout`, `invalid_request` for broken JSON.
 */
export async function readJson(request: Request): Promise<unknown> {
  if (!request.body) return undefined;
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/json(;|$)/i.test(type)) throw new AppError("unsupported_media_type");
  const { MAX_BODY_BYTES } = getSettings();
  const bytes = await readBytes(request, MAX_BODY_BYTES);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new AppError("invalid_request", { fields: { body: { key: "json" } }, cause: error });
  }
}
