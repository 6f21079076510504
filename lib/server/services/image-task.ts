import "server-only";
import { AppError } from "@/lib/shared/errors";
import { now } from "../clock";
import { sha256Hex } from "../crypto/random";
import {
  abandonTask,
  finishTask,
  type ImageTask,
  leaseDueTask,
  moveTask,
  planNextStep,
  saveTaskId,
} from "../db/image-tasks";
import { getSettings } from "../env";
import { logFault, logInfo } from "../log";
import { mayHaveArrived, pollImage, submitImage } from "../modelscope/images";
import { fetchResultImage } from "../net/result-image";
import { deleteFile, putFile } from "../storage/files";
import { reencodePicture } from "../storage/picture";
import { toParameters } from "./image-view";
import { noteTokenRefusal, noteTokenUse, openToken } from "./token";

/** Longer than any single step may take, so that a lease ends only with its process. */
const LEASE_MS = 180_000;
const MAX_POLL_MS = 10_000;
const POLL_GROWTH = 1.5;
const UPSTREAM_LIMIT_MS = 10 * 60_000;
const MAX_POLL_FAILURES = 60;

/** 2 s, growing by half up to 10 s, with a tenth of jitter. */
function pollDelayMs(pollCount: number): number {
  const delay = Math.min(MAX_POLL_MS, getSettings().RUN_POLL_MS * POLL_GROWTH ** pollCount);
  return delay * (0.95 + Math.random() * 0.1);
}

async function submit(task: ImageTask): Promise<void> {
  const access = await openToken(task.userId).catch((error: unknown) => {
    if (error instanceof AppError && error.code !== "database_down") return null;
    throw error;
  });
  if (!access) {
    await abandonTask(task.id, {
      status: "needs_token",
      errorCode: "token_missing",
      isCall: false,
    });
    return;
  }
  // Written before the POST: should the process die in it, the outcome is unknown, never repeated.
  if (!(await moveTask(task.id, "new", "submitting"))) return;
  try {
    const { model, prompt } = task;
    const parameters = toParameters(task.parameters);
    const accepted = await submitImage(access.token, access.site, { model, prompt, parameters });
    await saveTaskId(task.id, accepted.taskId, accepted.requestId, pollDelayMs(0));
    await noteTokenUse(task.userId);
  } catch (error) {
    await recordRefusal(task, error);
  }
}

async function recordRefusal(task: ImageTask, error: unknown): Promise<void> {
  const code = error instanceof AppError ? error.code : "internal";
  if (code === "internal") logFault("image submit", error, { imageId: task.id });
  if (code === "invalid_token") await noteTokenRefusal(task.userId);
  const isUnknown = mayHaveArrived(error);
  await abandonTask(task.id, {
    status: isUnknown ? "unknown" : "failed",
    errorCode: isUnknown ? "image_unknown" : code,
    isCall: false,
  });
}

async function poll(task: ImageTask & { taskId: string }): Promise<void> {
  const startedMs = task.submittedAt?.getTime() ?? now().getTime();
  if (now().getTime() - startedMs > UPSTREAM_LIMIT_MS) {
    await abandonTask(task.id, { status: "unknown", errorCode: "image_timeout", isCall: true });
    return;
  }
  try {
    const { token, site } = await openToken(task.userId);
    const answer = await pollImage(token, site, task.taskId);
    if (answer.state === "running") {
      await planNextStep(task.id, "polling", pollDelayMs(task.pollCount + 1));
    } else if (answer.state === "failed") {
      // A task that failed for system reasons is refunded in full (ModelScope documentation).
      await abandonTask(task.id, { status: "failed", errorCode: "image_failed", isCall: false });
    } else {
      await copyResult(task, answer);
    }
  } catch (error) {
    await retryPoll(task, error);
  }
}

/** A poll costs nothing, so it is repeated whatever went wrong, within the limits. */
async function retryPoll(task: ImageTask, error: unknown): Promise<void> {
  if (!(error instanceof AppError)) logFault("image poll", error, { imageId: task.id });
  const code = error instanceof AppError ? error.code : "upstream_down";
  if (task.pollCount >= MAX_POLL_FAILURES) {
    await abandonTask(task.id, { status: "failed", errorCode: code, isCall: true });
    return;
  }
  await planNextStep(task.id, "polling", pollDelayMs(task.pollCount + 1));
}

/** Copies the bytes to our storage, then writes the row: no row without a file. */
async function copyResult(
  task: ImageTask,
  result: { url: string; usedSeed: number | null; timeTakenMs: number | null },
): Promise<void> {
  const picture = await reencodePicture(await fetchResultImage(result.url));
  const storageKey = `images/${task.id}.${picture.format}`;
  await putFile(storageKey, picture.bytes);
  const isStored = await finishTask(
    task.id,
    {
      storageKey,
      mediaType: picture.mediaType,
      width: picture.width,
      height: picture.height,
      sizeBytes: picture.bytes.byteLength,
      sha256: sha256Hex(picture.bytes),
    },
    { ...result, endedAt: now() },
  );
  if (!isStored) await deleteFile(storageKey); // deleted by its owner meanwhile
}

async function advance(task: ImageTask): Promise<void> {
  switch (task.status) {
    case "new":
      return submit(task);
    case "submitting":
      // The lease ran out in the POST: the process died, and nobody knows whether it arrived.
      return abandonTask(task.id, { status: "unknown", errorCode: "image_unknown", isCall: false });
    default:
      if (task.taskId === null) throw new Error("a submitted picture has no task id");
      return poll({ ...task, taskId: task.taskId });
  }
}

/** Takes the picture whose next step is due longest, or the one of `id`; null where nothing is due. */
export function takeDueImage(id: string | null = null): Promise<ImageTask | null> {
  return leaseDueTask(LEASE_MS, id);
}

/** Makes the next step of a picture that {@link takeDueImage} handed out. */
export async function advanceImage(task: ImageTask): Promise<void> {
  await advance(task);
  logInfo("image step", { imageId: task.id, from: task.status });
}
