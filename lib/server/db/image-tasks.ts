import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { queryNamed } from "./pool";

/** A picture that waits for its next step, as the worker sees it. */
export type ImageTask = {
  id: string;
  userId: UserId;
  status: "new" | "submitting" | "submitted" | "polling" | "fetching";
  model: string;
  prompt: string;
  parameters: unknown;
  uploadIds: string[];
  taskId: string | null;
  pollCount: number;
  submittedAt: Date | null;
};

/**
 * Takes the picture whose next step is due longest and holds it for `leaseMs`, so that no other
 * instance works on it; with `id`, only that picture. Null where nothing is due.
 */
export async function leaseDueTask(
  leaseMs: number,
  id: string | null = null,
): Promise<ImageTask | null> {
  const [row] = await queryNamed<ImageTask>(
    "lease-due-task",
    `update "Image" set "leaseUntil" = now() + $1 * interval '1 millisecond'
     where id = (
       select id from "Image"
       where status in ('new', 'submitting', 'submitted', 'polling', 'fetching')
         and "nextActionAt" <= now() and ("leaseUntil" is null or "leaseUntil" < now())
         and ($2::text is null or id = $2)
       order by "nextActionAt" limit 1 for update skip locked
     )
     returning id, "userId", status::text as status, model, prompt, parameters, "uploadIds",
               "taskId", "pollCount", "submittedAt"`,
    [leaseMs, id],
  );
  return row ?? null;
}

/** Gives a lease back after a step that failed on our side, so that the next worker need not wait. */
export async function releaseLease(id: string, retryInMs: number): Promise<void> {
  await queryNamed(
    "release-lease",
    `update "Image" set "leaseUntil" = null,
            "nextActionAt" = now() + $2 * interval '1 millisecond'
     where id = $1 and status <> 'submitting'`,
    [id, retryInMs],
  );
}

/** Gives every lease back: at the start of the only instance they belong to a process that died. */
export async function clearImageLeases(): Promise<void> {
  await queryNamed(
    "clear-image-leases",
    `update "Image" set "leaseUntil" = null where "leaseUntil" is not null`,
    [],
  );
}

/** Lets a task rest until its user has a token again; its ledger row stays open. */
export async function parkTask(id: string): Promise<void> {
  await queryNamed(
    "park-task",
    `update "Image" set status = 'needs_token', "errorCode" = 'token_missing',
            "nextActionAt" = null, "leaseUntil" = null
     where id = $1 and status in ('new', 'submitted', 'polling')`,
    [id],
  );
}

/** Wakes the user's resting tasks: those that were submitted are polled, the others submitted. */
export async function wakeTasks(userId: UserId): Promise<void> {
  await queryNamed(
    "wake-tasks",
    `update "Image" set "errorCode" = null, "nextActionAt" = now(),
            status = (case when "taskId" is null then 'new' else 'polling' end)::"ImageStatus"
     where "userId" = $1 and status = 'needs_token'`,
    [userId],
  );
}

/** Moves a task from one state to the next; false where it was no longer in `from`. */
export async function moveTask(
  id: string,
  from: ImageTask["status"],
  to: ImageTask["status"],
): Promise<boolean> {
  const rows = await queryNamed(
    "move-task",
    `update "Image" set status = $3::"ImageStatus" where id = $1 and status = $2::"ImageStatus" returning id`,
    [id, from, to],
  );
  return rows.length === 1;
}

/**
 * Stores ModelScope's task id and plans the first poll; also for a picture that was given up meanwhile,
 * since its lease ran out before the answer came.
 */
export async function saveTaskId(
  id: string,
  taskId: string,
  requestId: string | null,
  pollInMs: number,
): Promise<void> {
  await queryNamed(
    "save-task-id",
    `with image as (
       update "Image" set status = 'submitted', "taskId" = $2, "upstreamRequestId" = $3,
              "errorCode" = null, "endedAt" = null, "submittedAt" = now(), "leaseUntil" = null,
              "nextActionAt" = now() + $4 * interval '1 millisecond'
       where id = $1 and (status = 'submitting' or (status = 'unknown' and "taskId" is null))
       returning id
     )
     update "UsageEntry" u set status = 'open', "errorCode" = null, "endedAt" = null
     from image where u."imageId" = image.id and u.status = 'unknown'`,
    [id, taskId, requestId, pollInMs],
  );
}

/** Notes that a picture came with the answer to its submit: there is no task to poll. */
export async function startFetching(id: string, requestId: string | null): Promise<void> {
  await queryNamed(
    "start-fetching",
    `update "Image" set status = 'fetching', "upstreamRequestId" = $2, "submittedAt" = now()
     where id = $1 and status = 'submitting'`,
    [id, requestId],
  );
}

/** Plans the next poll and gives the lease back. */
export async function planNextPoll(id: string, inMs: number): Promise<void> {
  await queryNamed(
    "plan-next-poll",
    `update "Image" set status = 'polling', "pollCount" = "pollCount" + 1,
            "nextActionAt" = now() + $2 * interval '1 millisecond', "leaseUntil" = null
     where id = $1 and status in ('submitted', 'polling', 'fetching')`,
    [id, inMs],
  );
}

export type ImageFile = {
  storageKey: string;
  mediaType: string;
  width: number;
  height: number;
  sizeBytes: number;
  sha256: string;
};

/** Ends a task with its stored file and settles its ledger row; false where it was deleted meanwhile. */
export async function finishTask(
  id: string,
  file: ImageFile,
  record: { usedSeed: number | null; timeTakenMs: number | null; endedAt: Date },
): Promise<boolean> {
  const rows = await queryNamed(
    "finish-task",
    `with image as (
       update "Image" set status = 'done', "storageKey" = $2, "mediaType" = $3, "fileWidth" = $4,
              "fileHeight" = $5, "sizeBytes" = $6, sha256 = $7, "usedSeed" = $8,
              "timeTakenMs" = $9, "endedAt" = $10, "leaseUntil" = null, "nextActionAt" = null
       where id = $1 and status in ('submitted', 'polling', 'fetching')
       returning id, "upstreamRequestId"
     ), entry as (
       update "UsageEntry" u set status = 'complete', "isCall" = true, "endedAt" = $10,
              "upstreamRequestId" = image."upstreamRequestId"
       from image where u."imageId" = image.id and u.status = 'open'
     )
     select id from image`,
    [
      id,
      file.storageKey,
      file.mediaType,
      file.width,
      file.height,
      file.sizeBytes,
      file.sha256,
      record.usedSeed,
      record.timeTakenMs,
      record.endedAt,
    ],
  );
  return rows.length === 1;
}

/** Ends a task without a picture and settles its ledger row. */
export async function abandonTask(
  id: string,
  ending: {
    status: "failed" | "unknown";
    errorCode: string;
    errorText?: string | null;
    /** Whether ModelScope is believed to have charged the call. */
    isCall: boolean;
  },
): Promise<void> {
  await queryNamed(
    "abandon-task",
    `with image as (
       update "Image" set status = $2::"ImageStatus", "errorCode" = $3, "errorText" = $5, "endedAt" = now(),
              "leaseUntil" = null, "nextActionAt" = null
       where id = $1 and status in ('new', 'submitting', 'submitted', 'polling', 'fetching')
       returning id
     )
     update "UsageEntry" u set status = $2::text::"CallStatus", "errorCode" = $3, "isCall" = $4, "endedAt" = now()
     from image where u."imageId" = image.id and u.status = 'open'`,
    [id, ending.status, ending.errorCode, ending.isCall, ending.errorText ?? null],
  );
}

/** Cancels a task that was not handed to ModelScope yet; false where it was, or is not the user's. */
export async function cancelNewTask(userId: UserId, id: string): Promise<boolean> {
  const rows = await queryNamed(
    "cancel-new-task",
    `with image as (
       update "Image" set status = 'cancelled', "endedAt" = now(), "nextActionAt" = null
       where id = $1 and "userId" = $2 and status = 'new' returning id
     ), entry as (
       update "UsageEntry" u set status = 'stopped', "isCall" = false, "endedAt" = now()
       from image where u."imageId" = image.id and u.status = 'open'
     )
     select id from image`,
    [id, userId],
  );
  return rows.length === 1;
}
