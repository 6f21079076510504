import "server-only";
import { startOfLedgerDay } from "@/lib/shared/calendar";
import { AppError } from "@/lib/shared/errors";
import type { Site } from "@/lib/shared/schemas/token";
import type { Secret } from "@/lib/shared/secret";
import type { ImageOrder } from "@/lib/shared/wire/image-body";
import { now } from "../clock";
import { beginSubmit, parkTask, postponeTask } from "../db/image-lane";
import { abandonTask, type ImageTask, saveTaskId, startFetching } from "../db/image-tasks";
import { hasNoCallLeft } from "../db/rate-readings";
import { getSettings } from "../env";
import { logFault } from "../log";
import { fetchBalance } from "../modelscope/balance";
import { mayHaveArrived, submitImage } from "../modelscope/images";
import { noteLimits, noteRefusal } from "../runs/learnt";
import { retryDelayMs } from "../runs/retry";
import { copyResult } from "./image-copy";
import { toParameters } from "./image-view";
import { noteTokenUse, openToken } from "./token";
import { readDataUrls } from "./uploads";

/** An order that ModelScope has no time for is put off this often. */
const MAX_PUT_OFFS = 2;
/** Another call took the turn: the worker looks again. */
const LOOK_AGAIN_MS = 200;
/** An empty account is looked at after a minute, then less and less often. */
const EMPTY_FIRST_MS = 60_000;
const EMPTY_MAX_MS = 15 * 60_000;
const emptyDelayMs = (count: number) => Math.min(EMPTY_MAX_MS, EMPTY_FIRST_MS * 1.5 ** count);

const SAVE_RETRY_MS = [100, 500, 2_000, 5_000, 10_000] as const;

/** The owner's token, or null where there is none that opens. */
export async function findAccess(task: ImageTask) {
  try {
    return await openToken(task.userId);
  } catch (error) {
    if (error instanceof AppError && error.code !== "database_down") return null;
    throw error;
  }
}

/**
 * Hands a picture to ModelScope, once: the state is written before the POST, and what may have
 * arrived is never sent again.
 */
export async function submitTask(task: ImageTask): Promise<void> {
  const startedAt = now();
  const access = await findAccess(task);
  if (!access) return parkTask(task.id);
  const order = await toOrder(task);
  if (!order) return refuse(task, "not_found");
  if (await hasNoCallLeft(task.userId, task.model, startOfLedgerDay(startedAt))) {
    return refuse(task, "model_quota_day");
  }
  if (await isStillEmpty(task, access)) {
    return postponeTask(task.id, "new", emptyDelayMs(task.submitCount), "balance_empty");
  }
  // Written before the POST: should the process die in it, the outcome is unknown, never repeated.
  if (!(await beginSubmit(task.id))) return postponeTask(task.id, "new", LOOK_AGAIN_MS);
  try {
    const accepted = await submitImage(access.token, access.site, order);
    if (accepted.taskId !== null) await keepTaskId(task.id, accepted.taskId, accepted.requestId);
    else await takeAtOnce(task, accepted);
    await Promise.allSettled([noteTokenUse(task.userId), noteLimits(task, accepted.limits)]);
  } catch (error) {
    return recordRefusal(task, error, { site: access.site, startedAt });
  }
  return undefined;
}

/** What is sent; null where one of its pictures is gone. Nothing was sent yet, so a fault may repeat. */
async function toOrder(task: ImageTask): Promise<ImageOrder | null> {
  const { model, prompt, userId, uploadIds } = task;
  try {
    const inputs = await readDataUrls(userId, uploadIds);
    return { model, prompt, parameters: toParameters(task.parameters), inputs };
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") return null;
    throw error;
  }
}

/** A picture that is not sent: its input was deleted meanwhile, or its model is used up for today. */
const refuse = ({ id }: ImageTask, errorCode: "not_found" | "model_quota_day") =>
  abandonTask(id, ["new"], { status: "failed", errorCode, isCall: false });

/**
 * Whether the account that was empty is so still, which costs nothing to ask. Where it cannot be
 * asked, the order itself is the question: refused, it costs nothing either.
 */
async function isStillEmpty(
  task: ImageTask,
  { token, site }: { token: Secret; site: Site },
): Promise<boolean> {
  if (task.errorCode !== "balance_empty") return false;
  const balance = await fetchBalance(token, site).catch(() => null);
  return balance !== null && balance.available < (task.priceHalfCredits ?? 1) / 2;
}

/**
 * Copies a picture that came with the answer, in the synchronous form of 2025. There is no task to
 * ask again, so what cannot be copied now is lost, and paid.
 */
async function takeAtOnce(
  task: ImageTask,
  { url, requestId }: { url: string; requestId: string | null },
): Promise<void> {
  try {
    await startFetching(task.id, requestId);
    await copyResult(task, { url, usedSeed: null, timeTakenMs: null });
  } catch (error) {
    logFault("image copy failed", error, { imageId: task.id });
    await abandonTask(task.id, ["submitting", "fetching"], {
      status: "failed",
      errorCode: "image_copy_failed",
      isCall: true,
    });
  }
}

/**
 * Stores the task id of a picture that is paid for, also over a short outage of the database. Given
 * up, the picture becomes `unknown` when its lease ends; it is never submitted again.
 */
async function keepTaskId(id: string, taskId: string, requestId: string | null): Promise<void> {
  for (const waitMs of SAVE_RETRY_MS) {
    try {
      return await saveTaskId(id, taskId, requestId, getSettings().RUN_POLL_MS);
    } catch (error) {
      logFault("task id not stored", error, { imageId: id });
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  throw new AppError("image_unknown");
}

async function recordRefusal(
  task: ImageTask,
  error: unknown,
  { site, startedAt }: { site: Site; startedAt: Date },
): Promise<void> {
  const code = error instanceof AppError ? error.code : "internal";
  if (code === "internal") logFault("image submit", error, { imageId: task.id });
  if (error instanceof AppError) await noteRefusal({ ...task, startedAt }, error, site);
  // Refused for the moment, and not accepted: the order may be given again.
  if (code === "balance_empty") {
    return postponeTask(task.id, "submitting", emptyDelayMs(task.submitCount), code);
  }
  if (code === "rate_limited" && task.submitCount < MAX_PUT_OFFS) {
    const { retryAfterSeconds } = error as AppError;
    const delayMs = retryDelayMs(task.submitCount, retryAfterSeconds);
    return postponeTask(task.id, "submitting", delayMs, code);
  }
  const isUnknown = mayHaveArrived(error);
  await abandonTask(task.id, ["submitting"], {
    status: isUnknown ? "unknown" : "failed",
    errorCode: isUnknown ? "image_unknown" : code,
    errorText: error instanceof AppError ? error.upstreamText : null,
    isCall: false,
  });
}
