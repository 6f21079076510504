import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { queryNamed } from "./pool";

/**
 * Pictures share the lane of their user's token with every other call. One that ModelScope works on
 * holds it, for two minutes at most: nobody waits longer for a picture that hangs. Those that wait let
 * everything else go first, and then go in the order of their clicks.
 */

/** Whether the picture of this alias holds the lane. */
export const holdsLane = (image: string) => `(${image}.status = 'submitting'
  or (${image}.status in ('submitted', 'polling')
      and ${image}."submittedAt" > now() - interval '2 minutes'))`;

/** Whether the waiting picture `i` is next: nothing is called with the token of its user, or before it. */
export const MAY_GO = `(
  not exists (select from "LaneEntry" e where e."userId" = i."userId" and e."leaseUntil" > now())
  and not exists (
    select from "Image" o where o."userId" = i."userId" and o.id <> i.id
      and (${holdsLane("o")} or (o.status = 'new' and o.position < i.position))))`;

/**
 * Takes the turn of a waiting picture: nothing else may be called with the token while it holds the
 * lane. False where it was cancelled, or another call came first. As in `insertTurn`, the token's row must
 * still be the version that this statement saw when it began.
 */
export async function beginSubmit(id: string): Promise<boolean> {
  const rows = await queryNamed(
    "begin-submit",
    `with mine as materialized (
       select i.id, i."userId" from "Image" i where i.id = $1 and i.status = 'new' and ${MAY_GO}
     ), seen as materialized (
       select ctid as version from "ModelScopeToken" where "userId" = (select "userId" from mine)
     ), locked as materialized (
       select id, ctid as version from "ModelScopeToken"
       where "userId" = (select "userId" from mine) for update
     ), turn as (
       select locked.id from locked join seen using (version)
     ), token as (
       update "ModelScopeToken" t set "lastUsedAt" = now() from turn where t.id = turn.id
     )
     update "Image" image set status = 'submitting', "errorCode" = null
     from turn where image.id = $1 and image.status = 'new' returning image.id`,
    [id],
  );
  return rows.length === 1;
}

/**
 * Lets a picture that is not its turn, or that was refused for the moment, wait for `inMs`. `from` is
 * where its step left it: a step that comes late must not touch what another has begun.
 */
export async function postponeTask(
  id: string,
  from: "new" | "submitting",
  inMs: number,
  reason: "rate_limited" | "balance_empty" | null = null,
): Promise<void> {
  await queryNamed(
    "postpone-task",
    `update "Image" set status = 'new', "leaseUntil" = null,
            "nextActionAt" = now() + $2 * interval '1 millisecond',
            "submitCount" = "submitCount" + case when $3::text is null then 0 else 1 end,
            "errorCode" = coalesce($3, "errorCode")
     where id = $1 and status = $4::"ImageStatus"`,
    [id, inMs, reason, from],
  );
}

/** Wakes the user's pictures that wait for Magicubes. */
export async function wakeForCredits(userId: UserId): Promise<void> {
  await queryNamed(
    "wake-for-credits",
    `update "Image" set "nextActionAt" = now()
     where "userId" = $1 and status = 'new' and "errorCode" = 'balance_empty'`,
    [userId],
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

/** Cancels those of `ids` that were not handed to ModelScope yet and are the user's. */
export async function cancelNewTasks(userId: UserId, ids: string[]): Promise<void> {
  await queryNamed(
    "cancel-new-tasks",
    `with image as (
       update "Image" set status = 'cancelled', "endedAt" = now(), "nextActionAt" = null,
              "errorCode" = null
       where id = any($1) and "userId" = $2 and status = 'new' returning id
     )
     update "UsageEntry" u set status = 'stopped', "isCall" = false, "endedAt" = now()
     from image where u."imageId" = image.id and u.status = 'open'`,
    [ids, userId],
  );
}

/**
 * Lets ModelScope be asked once more for a picture that was given up though it has a task: its outcome
 * is unknown, or it could not be copied. Its ledger row is open again. False where there is none such.
 */
export async function reopenTask(userId: UserId, id: string): Promise<boolean> {
  const rows = await queryNamed(
    "reopen-task",
    `with image as (
       update "Image" set status = 'polling', "errorCode" = null, "errorText" = null,
              "endedAt" = null, "leaseUntil" = null, "nextActionAt" = now()
       where id = $1 and "userId" = $2 and "taskId" is not null
         and (status = 'unknown' or "errorCode" = 'image_copy_failed')
       returning id
     ), entry as (
       update "UsageEntry" u set status = 'open', "errorCode" = null, "endedAt" = null
       from image where u."imageId" = image.id and u.status in ('unknown', 'failed')
     )
     select id from image`,
    [id, userId],
  );
  return rows.length === 1;
}
