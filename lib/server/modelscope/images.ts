import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/shared/errors";
import type { Site } from "@/lib/shared/schemas/token";
import type { Secret } from "@/lib/shared/secret";
import { type ImageOrder, toImageBody } from "@/lib/shared/wire/image-body";
import { toRequestId, toShownText } from "./errors";
import { callJson } from "./json-call";
import type { RateLimits } from "./rate-limits";

/** Twice, for headers and body, and still below the lease of a picture. */
const SUBMIT_TIMEOUT_MS = 45_000;
const POLL_TIMEOUT_MS = 20_000;

const submitSchema = z.object({
  task_id: z.union([z.string(), z.number()]).nullish(),
  // One odd field beside the id must not cost a paid picture.
  request_id: z.string().nullish().catch(null),
  images: z
    .array(z.object({ url: z.string() }))
    .nullish()
    .catch(null),
});

/** What a submit led to: a task to be polled, or, in the synchronous form of 2025, the result. */
export type AcceptedImage = { requestId: string | null; limits: RateLimits | null } & (
  | { taskId: string; url: null }
  | { taskId: null; url: string }
);

/**
 * Submits a picture. The `task_status` of the answer is not read: `SUCCEED` here means "accepted".
 * Throws a typed error; whether the request may have arrived nevertheless is told by
 * {@link mayHaveArrived}.
 */
export async function submitImage(
  token: Secret,
  site: Site,
  image: ImageOrder,
): Promise<AcceptedImage> {
  const { body, limits } = await callJson({
    host: "api",
    site,
    method: "POST",
    path: "/v1/images/generations",
    token,
    headers: { "x-modelscope-async-mode": "true" },
    body: toImageBody(image),
    headersTimeoutMs: SUBMIT_TIMEOUT_MS,
  });
  const accepted = submitSchema.safeParse(body).data;
  const answered = { requestId: toRequestId(accepted?.request_id ?? null, token), limits };
  const taskId = String(accepted?.task_id ?? "");
  if (taskId) return { ...answered, taskId, url: null };
  const url = accepted?.images?.[0]?.url;
  if (url) return { ...answered, taskId: null, url };
  throw new AppError("image_unknown");
}

/** Whether a failed submit may have been accepted: only a refusal with a status of its own says no. */
export function mayHaveArrived(error: unknown): boolean {
  if (!(error instanceof AppError)) return true;
  if (error.code === "image_unknown" || error.code === "timeout") return true;
  if (error.code !== "upstream_down") return false;
  return error.cause !== undefined && !isRefusedConnection(error.cause);
}

function isRefusedConnection(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ("code" in at && (at.code === "ECONNREFUSED" || at.code === "ENOTFOUND")) return true;
  }
  return false;
}

const taskSchema = z.object({
  task_status: z.string().nullish(),
  output_images: z.array(z.unknown()).nullish(),
  errors: z.object({ message: z.string().nullish() }).nullish().catch(null),
  time_taken: z.number().nullish().catch(null),
  input: z.object({ seed: z.number().nullish() }).nullish().catch(null),
});

export type ImageTaskState =
  | { state: "running" }
  | { state: "failed"; isUnknownTask: boolean; text: string | null }
  | { state: "done"; url: string; usedSeed: number | null; timeTakenMs: number | null };

const toSeed = (seed: number | null | undefined) =>
  seed !== null && seed !== undefined && Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31
    ? seed
    : null;

/**
 * Asks for the state of a task. Words that are not known mean "still running"; the end needs
 * `SUCCEED` (or one of its spellings) and at least one address. Throws a typed error.
 */
export async function pollImage(
  token: Secret,
  site: Site,
  taskId: string,
): Promise<ImageTaskState> {
  const { body } = await callJson({
    host: "api",
    site,
    method: "GET",
    path: `/v1/tasks/${encodeURIComponent(taskId)}`,
    token,
    headers: { "x-modelscope-task-type": "image_generation" },
    headersTimeoutMs: POLL_TIMEOUT_MS,
  });
  const parsed = taskSchema.safeParse(body);
  if (!parsed.success) throw new AppError("upstream_down");
  const task = parsed.data;
  switch (task.task_status?.toUpperCase()) {
    case "SUCCEED":
    case "SUCCEEDED":
    case "SUCCESS": {
      const url = task.output_images?.find((item) => typeof item === "string");
      if (!url) return { state: "failed", isUnknownTask: false, text: null };
      const timeTakenMs = task.time_taken ? Math.round(task.time_taken) : null;
      return { state: "done", url, usedSeed: toSeed(task.input?.seed), timeTakenMs };
    }
    case "FAILED":
    case "CANCELED":
    case "CANCELLED":
    case "TIMEOUT": {
      const message = task.errors?.message ?? "";
      const isUnknownTask = /task not found/i.test(message);
      return { state: "failed", isUnknownTask, text: toShownText(message, token) };
    }
    default:
      return { state: "running" };
  }
}
