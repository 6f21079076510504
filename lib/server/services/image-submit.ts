import "server-only";
import { AppError } from "@/lib/shared/errors";
import type { Site } from "@/lib/shared/schemas/token";
import type { ImageOrder } from "@/lib/shared/wire/image-body";
import { now } from "../clock";
import {
  abandonTask,
  type ImageTask,
  moveTask,
  parkTask,
  saveTaskId,
  startFetching,
} from "../db/image-tasks";
import { getSettings } from "../env";
import { logFault } from "../log";
import { mayHaveArrived, submitImage } from "../modelscope/images";
import { noteLimits, noteRefusal } from "../runs/learnt";
import { copyResult } from "./image-copy";
import { toParameters } from "./image-view";
import { noteTokenUse, openToken } from "./token";
import { readDataUrls } from "./uploads";

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
  if (!order) return loseInputs(task);
  // Written before the POST: should the process die in it, the outcome is unknown, never repeated.
  if (!(await moveTask(task.id, "new", "submitting"))) return undefined;
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

/** A picture whose input was deleted before it was sent. */
const loseInputs = ({ id }: ImageTask) =>
  abandonTask(id, { status: "failed", errorCode: "not_found", isCall: false });

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
    await abandonTask(task.id, { status: "failed", errorCode: "image_copy_failed", isCall: true });
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
  const isUnknown = mayHaveArrived(error);
  await abandonTask(task.id, {
    status: isUnknown ? "unknown" : "failed",
    errorCode: isUnknown ? "image_unknown" : code,
    errorText: error instanceof AppError ? error.upstreamText : null,
    isCall: false,
  });
}
