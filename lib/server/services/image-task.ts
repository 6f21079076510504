import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { now } from "../clock";
import { parkTask } from "../db/image-lane";
import {
  abandonTask,
  type ImageTask,
  leaseDueTasks,
  planNextPoll,
  releaseLease,
  renewLease,
} from "../db/image-tasks";
import { refuseToken } from "../db/tokens";
import { getSettings } from "../env";
import { trackInFlight } from "../in-flight";
import { logFault, logInfo } from "../log";
import { pollImage } from "../modelscope/images";
import { wakeLane } from "../runs/lane";
import { isDraining } from "../runs/registry";
import { copyResult, type DoneTask } from "./image-copy";
import { findAccess, submitTask } from "./image-submit";

/** A lease is renewed this often before it ends, so that it ends only with its process. */
const BEATS_A_LEASE = 3;
const MAX_POLL_MS = 10_000;
const POLL_GROWTH = 1.5;
const UPSTREAM_LIMIT_MS = 10 * 60_000;
const MAX_FAILED_POLLS = 60;
const MAX_COPIES = 8;
/** A task may be unknown for a moment after its submit; after this many polls it is lost. */
const MAX_UNKNOWN_POLLS = 5;
const RETRY_STEP_MS = 2_000;

/** Where a picture stands that ModelScope has. */
const POLLED = ["submitted", "polling", "fetching"] as const;

/** 2 s, growing by half up to 10 s, with a tenth of jitter. */
function pollDelayMs(pollCount: number): number {
  const delay = Math.min(MAX_POLL_MS, getSettings().RUN_POLL_MS * POLL_GROWTH ** pollCount);
  return delay * (0.95 + Math.random() * 0.1);
}

async function poll(task: ImageTask & { taskId: string }): Promise<void> {
  const startedAt = now();
  const access = await findAccess(task);
  if (!access) return parkTask(task.id);
  try {
    const answer = await pollImage(access.token, access.site, task.taskId);
    if (answer.state === "done") return await tryCopy(task, answer);
    if (answer.state === "running") return await goOnPolling(task);
    if (answer.isUnknownTask) return await loseTask(task);
    // A task that failed for system reasons is refunded in full (ModelScope documentation).
    return await abandonTask(task.id, POLLED, {
      status: "failed",
      errorCode: "image_failed",
      errorText: answer.text,
      isCall: false,
    });
  } catch (error) {
    return retryPoll(task, error, startedAt);
  }
}

/** Polls again, or gives up after ten minutes: the picture may still be made, and paid. */
async function goOnPolling(task: ImageTask): Promise<void> {
  const startedMs = task.submittedAt?.getTime() ?? now().getTime();
  if (now().getTime() - startedMs > UPSTREAM_LIMIT_MS) {
    return abandonTask(task.id, POLLED, {
      status: "unknown",
      errorCode: "image_timeout",
      isCall: true,
    });
  }
  return planNextPoll(task.id, pollDelayMs(task.pollCount + 1));
}

/** "Task not found" is no failed picture: another token may be in use, or the task is not there yet. */
async function loseTask(task: ImageTask): Promise<void> {
  if (task.pollCount < MAX_UNKNOWN_POLLS) return goOnPolling(task);
  return abandonTask(task.id, POLLED, { status: "unknown", errorCode: "image_lost", isCall: true });
}

/** A poll costs nothing, so it is repeated whatever went wrong, within the limits. */
async function retryPoll(task: ImageTask, error: unknown, startedAt: Date): Promise<void> {
  const code = error instanceof AppError ? error.code : "upstream_down";
  if (error instanceof AppError) logInfo("image poll failed", { imageId: task.id, code });
  else logFault("image poll", error, { imageId: task.id });
  if (code === "invalid_token") {
    await refuseToken(task.userId, startedAt);
    return parkTask(task.id);
  }
  if (task.pollCount >= MAX_FAILED_POLLS) {
    // It may be made, and paid, though nobody can be asked; it can be asked for again.
    return abandonTask(task.id, POLLED, { status: "unknown", errorCode: code, isCall: true });
  }
  return planNextPoll(task.id, pollDelayMs(task.pollCount + 1));
}

/** Copies the result; tries again for about a minute, then says that the picture was made and not kept. */
async function tryCopy(task: ImageTask, result: DoneTask): Promise<void> {
  try {
    await copyResult(task, result);
  } catch (error) {
    const code = error instanceof AppError ? error.code : "internal";
    if (code === "database_down") throw error;
    logInfo("image copy failed", {
      imageId: task.id,
      code,
      host: URL.canParse(result.url) ? new URL(result.url).host : null,
    });
    if (task.pollCount < MAX_COPIES) {
      return planNextPoll(task.id, pollDelayMs(task.pollCount + 1), "fetching");
    }
    return abandonTask(task.id, POLLED, {
      status: "failed",
      errorCode: "image_copy_failed",
      isCall: true,
    });
  }
}

async function advance(task: ImageTask): Promise<void> {
  switch (task.status) {
    case "new":
      return submitTask(task);
    case "submitting":
      // The lease ran out in the POST: the process died, and nobody knows whether it arrived.
      return abandonTask(task.id, ["submitting"], {
        status: "unknown",
        errorCode: "image_unknown",
        isCall: false,
      });
    default:
      // It came with the answer to its submit, and the process died while it was copied.
      if (task.taskId === null) {
        return abandonTask(task.id, POLLED, {
          status: "failed",
          errorCode: "image_copy_failed",
          isCall: true,
        });
      }
      return poll({ ...task, taskId: task.taskId });
  }
}

/**
 * Takes up to `count` pictures whose next step is due longest, or only that of `id`, or those of a
 * user; none while the process is ending.
 */
export async function takeDueImages(
  count: number,
  only: { id?: string; userId?: UserId } = {},
): Promise<ImageTask[]> {
  return isDraining() ? [] : leaseDueTasks(getSettings().RUN_LEASE_MS, count, only);
}

/** Makes the next step of a picture that {@link takeDueImages} handed out. A shutdown waits for it. */
export function advanceImage(task: ImageTask): Promise<void> {
  return trackInFlight(makeStep(task));
}

/** Holds a picture for as long as its step takes; ends with what it answers. */
function holdLease(id: string): () => void {
  const { RUN_LEASE_MS } = getSettings();
  const beat = () =>
    void renewLease(id, RUN_LEASE_MS).catch((error) =>
      logFault("lease not renewed", error, { imageId: id }),
    );
  const timer = setInterval(beat, RUN_LEASE_MS / BEATS_A_LEASE).unref();
  return () => clearInterval(timer);
}

async function makeStep(task: ImageTask): Promise<void> {
  const letGo = holdLease(task.id);
  try {
    await advance(task);
    logInfo("image step", { imageId: task.id, from: task.status });
  } catch (error) {
    logFault("image step", error, { imageId: task.id });
    await releaseLease(task.id, RETRY_STEP_MS).catch(() => undefined);
  } finally {
    letGo();
    wakeLane(task.userId); // it may hold it no longer
  }
}
