import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { holdsLane } from "./image-lane";
import { queryNamed } from "./pool";

/**
 * Puts a call into the lane of its user's token, at its end; once more where its place was lost. The
 * token's row is touched, as by every question: so one that is being written knows that it is not alone.
 */
export async function joinLane(userId: UserId, id: string, leaseMs: number): Promise<void> {
  await queryNamed(
    "join-lane",
    `with token as (
       update "ModelScopeToken" set "lastUsedAt" = now() where "userId" = $2 returning id
     )
     insert into "LaneEntry" (id, "userId", "leaseUntil")
     select $1, $2, now() + $3 * interval '1 millisecond'
     from (select 1) one left join token on true
     on conflict (id) do nothing`,
    [id, userId, leaseMs],
  );
}

export type LanePlace = {
  /** How many calls of the same token are before it; 0 = its turn. */
  place: number;
  /** When its turn came, by the clock of the database; null = it waits. */
  enteredAt: Date | null;
  stopRequested: boolean;
};

/**
 * Takes the turn where nobody is before this call, notes that of its run, and holds the place for
 * `leaseMs` either way. Who lost its lease is nobody. Null where the place was lost.
 */
export async function takeTurn(
  id: string,
  { leaseMs, isRun }: { leaseMs: number; isRun: boolean },
): Promise<LanePlace | null> {
  const [row] = await queryNamed<LanePlace>(
    "take-turn",
    // Not worth waiting for the disk: what a crash of the database forgets is told again by its caller.
    `with hurry as (
       select set_config('synchronous_commit', 'off', true)
     ), lane as (
       select (count(other.id) filter (
                 where other."enteredAt" is not null or other.position < mine.position)
               + (select count(*) from "Image" i
                  where i."userId" = mine."userId" and ${holdsLane("i")}))::int as place
       from "LaneEntry" mine
       cross join hurry
       left join "LaneEntry" other
         on other."userId" = mine."userId" and other.id <> mine.id and other."leaseUntil" > now()
       where mine.id = $1 group by mine.id, mine."userId"
     ), mine as (
       update "LaneEntry" set "leaseUntil" = now() + $2 * interval '1 millisecond',
              -- Who lost its lease looks once more: another may have taken the turn meanwhile.
              "enteredAt" = case when lane.place = 0 and "leaseUntil" >= now() then now() end
       from lane where id = $1
       returning "enteredAt"
     ), run as (
       update "Run" set "calledAt" = mine."enteredAt",
              "leaseUntil" = now() + $2 * interval '1 millisecond'
       from mine where id = $1
     )
     select lane.place, mine."enteredAt",
            -- A run that is gone was deleted with its conversation.
            coalesce((select "stopRequested" from "Run" where id = $1), $3) as "stopRequested"
     from lane, mine`,
    [id, leaseMs, isRun],
  );
  return row ?? null;
}

/** Holds the place of a call that has its turn, and takes it again where it was lost. */
export async function renewTurn(userId: UserId, id: string, leaseMs: number): Promise<void> {
  await queryNamed(
    "renew-turn",
    `insert into "LaneEntry" (id, "userId", "enteredAt", "leaseUntil")
     values ($1, $2, now(), now() + $3 * interval '1 millisecond')
     on conflict (id) do update set "leaseUntil" = excluded."leaseUntil"`,
    [id, userId, leaseMs],
  );
}

/** Gives the place free for the next one. */
export async function leaveLane(id: string): Promise<void> {
  await queryNamed("leave-lane", `delete from "LaneEntry" where id = $1`, [id]);
}

/** Removes places that nobody holds any more. */
export async function sweepLane({
  all,
  liveIds,
}: {
  all: boolean;
  liveIds: string[];
}): Promise<void> {
  await queryNamed(
    "sweep-lane",
    `delete from "LaneEntry" where ($1 or "leaseUntil" < now()) and not id = any($2)`,
    [all, liveIds],
  );
}

export type LaneRow = {
  runId: string | null;
  imageId: string | null;
  conversationId: string | null;
  /** Of the conversation, or the prompt of the picture. */
  title: string | null;
  model: string | null;
  isRunning: boolean;
};

/** The user's calls that run or wait, in order: first those that run, then chats, then pictures. */
export function findLane(userId: UserId): Promise<LaneRow[]> {
  return queryNamed<LaneRow>(
    "find-lane",
    `with calls as (
       select r.id as "runId", null as "imageId", c.id as "conversationId", c.title, r.model,
              e."enteredAt" is not null as "isRunning", 0 as rank, e.position
       from "LaneEntry" e left join "Run" r on r.id = e.id and r."userId" = $1
       left join "Conversation" c on c.id = r."conversationId"
       where e."userId" = $1 and e."leaseUntil" > now()
     ), pictures as (
       select null, i.id, null, left(i.prompt, 80), i.model, ${holdsLane("i")}, 1, i.position
       from "Image" i
       where i."userId" = $1 and (i.status = 'new' or ${holdsLane("i")})
       order by i.position limit $2
     )
     select "runId", "imageId", "conversationId", title, model, "isRunning"
     from (select * from calls union all select * from pictures) lane
     order by not "isRunning", rank, position`,
    [userId, MAX_SHOWN],
  );
}

/** Waiting pictures that the lane names. */
const MAX_SHOWN = 100;
