import { z } from "zod";
import { parseJson } from "@/lib/shared/parse-json";

const errorBodySchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    id: z.string(),
    retryAfterSeconds: z.number().optional(),
    fields: z.record(z.string(), z.string()).optional(),
  }),
});

/** What the server answered instead of a result, in the reader's language. `offline`: no answer at all. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: string;
  readonly id: string | null;
  readonly fields: Record<string, string>;
  readonly retryAfterSeconds: number | null;

  constructor(
    code: string,
    message: string,
    details: { id?: string; fields?: Record<string, string>; retryAfterSeconds?: number } = {},
  ) {
    super(message);
    this.code = code;
    this.id = details.id ?? null;
    this.fields = details.fields ?? {};
    this.retryAfterSeconds = details.retryAfterSeconds ?? null;
  }
}

/** What was caught of a call; `internal` for what no call should throw. */
export const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError("internal", "");

/** What a proxy says where nobody stands behind it. */
const GATEWAY_STATUSES: readonly number[] = [502, 503, 504];

/** Whether nobody answered who could: the same request may be sent again. */
export const isUnreachable = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === "offline" || error.code === "restarting");

/** The typed error of an error body's text; where it is none, `offline` of a gateway, else `internal`. */
export function toApiError(text: string, status = 500): ApiError {
  const parsed = errorBodySchema.safeParse(parseJson(text));
  if (!parsed.success) {
    return new ApiError(GATEWAY_STATUSES.includes(status) ? "offline" : "internal", "");
  }
  const { code, message, ...details } = parsed.data.error;
  return new ApiError(code, message, details as ConstructorParameters<typeof ApiError>[2]);
}

type Call = {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: object;
  /** A file, instead of a body. */
  bytes?: Blob;
  headers?: HeadersInit;
  signal?: AbortSignal;
};

async function send(path: string, call: Call): Promise<Response> {
  const { method = "GET", body, bytes, headers, signal } = call;
  const response = await fetch(path, {
    method,
    cache: "no-store",
    keepalive: method === "DELETE", // deletes are sent when the page is left
    headers: { ...(body && { "content-type": "application/json" }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
    ...(bytes && { body: bytes }),
    ...(signal && { signal }),
  }).catch(() => {
    throw new ApiError("offline", "");
  });
  if (!response.ok) throw toApiError(await response.text(), response.status);
  return response;
}

/** Opens a stream of ours: the response once its headers are there. Throws {@link ApiError}. */
export function openApi(path: string, call: Call = {}): Promise<Response> {
  return send(path, call);
}

/** Calls one of our routes and checks its answer. Throws {@link ApiError}. */
export async function callApi<S extends z.ZodType>(
  schema: S,
  path: string,
  call: Call = {},
): Promise<z.output<S>> {
  const response = await send(path, call);
  return schema.parse(await response.json());
}

/** Calls a route that answers nothing. Throws {@link ApiError}. */
export async function sendApi(path: string, call: Call): Promise<void> {
  await send(path, call);
}
