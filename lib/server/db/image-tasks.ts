import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { MAY_GO } from "./image-lane";
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
  /** How often its order was put off, and why the last time. */
  submitCount: number;
  errorCode: string | null;
  priceHalfCredits: number | null;
  submittedAt: Date | null;
};

/**
 * Takes up to `count` pictures whose next step is due longest and holds them for `leaseMs`, so that no
 * other instance works on them; only the picture of `id`, only those of `userId`, where given. Of the
 * pictures that wait to be submitted only the first of each user may be next, and only while nothing
 * else is called with the same token.
 */
export function leaseDueTasks(
  leaseMs: number,
  count: number,
  only: { id?: string; userId?: UserId } = {},
): Promise<ImageTask[]> {
  return queryNamed<ImageTask>(
    "lease-due-tasks",
    `with due as (
       select i.id from "Image" i
       where i.status in ('new', 'submitting', 'submitted', 'polling', 'fetching')
         and i."nextActionAt" <= now() and (i."leaseUntil" is null or i."leaseUntil" < now())
         and ($3::text is null or i.id = $3) and ($4::text is null or i."userId" = $4)
         and (i.status <> 'new' or ${MAY_GO})
       order by i."nextActionAt" limit $2 for update skip locked
     )
     update "Image" image set "leaseUntil" = now() + $1 * interval '1 millisecond'
     from due where image.id = due.id
     returning image.id, image."userId", image.status::text as status, model, prompt, parameters,
               "uploadIds", "taskId", "pollCount", "submitCount", "errorCode", "submittedAt",
               (select u."priceHalfCredits" from "UsageEntry" u where u."imageId" = image.id)`,
    [leaseMs, count, only.id ?? null, only.userId ?? null],
  );
}

/** Holds a picture for longer, by the database's clock; one whose step has ended is left alone. */
export async function renewLease(id: string, leaseMs: number): Promise<void> {
  await queryNamed(
    "renew-lease",
    `update "Image" set "leaseUntil" = now() + $2 * interval '1 millisecond'
     where id = $1 and "leaseUntil" is not null
       and status in ('new', 'submitting', 'submitted', 'polling', 'fetching')`,
    [id, leaseMs],
  );
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

/**
 * Plans the next look and gives the lease back. A picture that is made, and only to be copied yet, is
 * `fetching`: it holds the lane no longer.
 */
export async function planNextPoll(
  id: string,
  inMs: number,
  status: "polling" | "fetching" = "polling",
): Promise<void> {
  await queryNamed(
    "plan-next-poll",
    `update "Image" set status = $3::"ImageStatus", "pollCount" = "pollCount" + 1,
            "nextActionAt" = now() + $2 * interval '1 millisecond', "leaseUntil" = null
     where id = $1 and status in ('submitted', 'polling', 'fetching')`,
    [id, inMs, status],
  );
}

export type ImageFile = {
  storageKey: string;
  thumbKey: string;
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
              "timeTakenMs" = $9, "endedAt" = $10, "thumbKey" = $11, "leaseUntil" = null,
              "nextActionAt" = null
       where id = $1 and status in ('submitted', 'polling', 'fetching')
       returning id, "upstreamRequestId", "submittedAt"
     ), entry as (
       update "UsageEntry" u set status = 'complete', "isCall" = true, "endedAt" = $10,
              "calledAt" = image."submittedAt",
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
      file.thumbKey,
    ],
  );
  return rows.length === 1;
}

/**
 * Ends a task without a picture and settles its ledger row. `from` is where its step left it: one that
 * comes late must not end what another has begun.
 */
export async function abandonTask(
  id: string,
  from: readonly ImageTask["status"][],
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
       where id = $1 and status = any($6::text[]::"ImageStatus"[])
       returning id, "submittedAt"
     )
     update "UsageEntry" u set status = $2::text::"CallStatus", "errorCode" = $3, "isCall" = $4,
            "calledAt" = image."submittedAt", "endedAt" = now()
     from image where u."imageId" = image.id and u.status = 'open'`,
    [id, ending.status, ending.errorCode, ending.isCall, ending.errorText ?? null, from],
  );
}
