import "server-only";
import { queryNamed } from "./pool";

/**
 * Turns runs whose lease ran out into `interrupted`, keeps their text and books those as calls whose
 * turn in the lane had come; with `all`, every active run (for the start of the only instance). Runs of `liveIds` are left alone.
 * Ledger rows whose run was deleted are settled too. Pictures have their own worker and are not
 * touched. Answers how many runs there were.
 */
export async function sweepRuns({
  all,
  liveIds,
}: {
  all: boolean;
  liveIds: string[];
}): Promise<number> {
  const rows = await queryNamed(
    "sweep-runs",
    `with swept as (
       update "Run" set status = 'interrupted', "errorCode" = 'interrupted', "endedAt" = now()
       where status in ('queued', 'streaming') and ($1 or "leaseUntil" < now()) and not id = any($2)
       returning id, "messageId", text, reasoning, "toolCalls", "calledAt", "firstTokenAt"
     ), answer as (
       update "Message" m set text = swept.text, reasoning = swept.reasoning,
              "toolCalls" = swept."toolCalls", "isFindable" = true
       from swept where m.id = swept."messageId"
       returning m."parentId"
     ), question as (
       update "Message" m set "isFindable" = true
       from answer where m.id = answer."parentId" and not m."isFindable"
     ), entry as (
       update "UsageEntry" u set status = 'interrupted', "errorCode" = 'interrupted',
              "isCall" = swept."calledAt" is not null, "calledAt" = swept."calledAt",
              "firstTokenAt" = swept."firstTokenAt", "endedAt" = now()
       from swept where u."runId" = swept.id and u.status = 'open'
     ), orphan as (
       update "UsageEntry" u set status = 'interrupted', "errorCode" = 'interrupted',
              "isCall" = true, "endedAt" = now()
       where u.status = 'open' and u."runId" is not null and not u."runId" = any($2)
         and not exists (select from "Run" r where r.id = u."runId")
     )
     select id from swept`,
    [all, liveIds],
  );
  return rows.length;
}

/**
 * Settles calls that belong to nothing that could finish them, when they are `olderThanMs`: the
 * process that made them died. They are booked as calls, since ModelScope may have charged them.
 */
export async function sweepShortCalls(olderThanMs: number): Promise<void> {
  await queryNamed(
    "sweep-short-calls",
    `update "UsageEntry" set status = 'interrupted', "errorCode" = 'interrupted', "isCall" = true,
            "endedAt" = now()
     where status = 'open' and "runId" is null and "imageId" is null
       and "startedAt" < now() - $1 * interval '1 millisecond'`,
    [olderThanMs],
  );
}
