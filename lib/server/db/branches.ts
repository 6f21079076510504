import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { queryNamed } from "./pool";

export type BranchEntry = {
  id: string;
  parentId: string | null;
  /** The message and its other versions, oldest first. */
  siblings: string[];
};

/** Where a page of a branch ends: at a message, before one, or at the end of what is shown. */
export type BranchEnd =
  | { leafId: string /** Also on the page. */; untilId?: string }
  | { beforeId: string }
  | null;

/** What the conversation shows, or its newest message where that is gone or was never chosen. */
const SHOWN = `coalesce(
  (select shown.id from "Message" shown
   where shown.id = owned."leafId" and shown."conversationId" = owned.id),
  (select newest.id from "Message" newest where newest."conversationId" = owned.id
   order by newest."createdAt" desc, newest.id desc limit 1))`;

/**
 * The last `take` messages of a branch, more where `untilId` is further up, the newest first, with
 * their versions. Empty where the user
 * has no such conversation, or it no such message.
 */
export function findBranchPage(
  userId: UserId,
  conversationId: string,
  { end, take }: { end: BranchEnd; take: number },
): Promise<BranchEntry[]> {
  const leafId = end && "leafId" in end ? end.leafId : null;
  const untilId = end && "leafId" in end ? (end.untilId ?? null) : null;
  const beforeId = end && "beforeId" in end ? end.beforeId : null;
  return queryNamed<BranchEntry>(
    "find-branch-page",
    `with recursive owned as (
       select id, "leafId" from "Conversation" where id = $2 and "userId" = $1
     ), start as (
       select case when $3::text is not null then $3
                   when $4::text is not null then (
                     select m."parentId" from "Message" m
                     where m.id = $4 and m."conversationId" = owned.id)
                   else ${SHOWN} end as id
       from owned
     ), branch as (
       select m.id, m."parentId", m.role, 1 as depth,
              m.id is not distinct from $6 or $6::text is null as "isFar"
       from owned join "Message" m on m."conversationId" = owned.id
       join start on start.id = m.id
       union all
       select m.id, m."parentId", m.role, b.depth + 1, b."isFar" or m.id = $6
       from branch b join "Message" m on m.id = b."parentId"
       where b.depth < $5 or not b."isFar"
     )
     select b.id, b."parentId", case when b."parentId" is null then (
         select array_agg(s.id order by s."createdAt", s.id) from "Message" s
         where s."conversationId" = $2 and s."parentId" is null and s.role = b.role)
       else (
         select array_agg(s.id order by s."createdAt", s.id) from "Message" s
         where s."parentId" = b."parentId" and s.role = b.role) end as siblings
     from branch b order by b.depth`,
    [userId, conversationId, leafId, beforeId, take, untilId],
  );
}

/** The newest message below one of the user's, or itself where nothing follows; null where it is not theirs. */
export async function findNewestLeaf(
  userId: UserId,
  conversationId: string,
  messageId: string,
): Promise<string | null> {
  const [row] = await queryNamed<{ id: string }>(
    "find-newest-leaf",
    `with recursive below as (
       select m.id, m."createdAt" from "Message" m
       where m.id = $3 and m."conversationId" = $2 and m."userId" = $1
       union all
       select m.id, m."createdAt" from "Message" m join below b on m."parentId" = b.id
     )
     select b.id from below b
     where not exists (select from "Message" m where m."parentId" = b.id)
     order by b."createdAt" desc, b.id desc limit 1`,
    [userId, conversationId, messageId],
  );
  return row?.id ?? null;
}

/**
 * Deletes a message with everything that follows it. Answers its parent, its runs' ids and the
 * pictures that went with all of it; null where it is not the user's.
 */
export async function deleteMessageTree(
  userId: UserId,
  conversationId: string,
  messageId: string,
): Promise<{ parentId: string | null; runIds: string[]; uploadIds: string[] } | null> {
  const [row] = await queryNamed<{
    parentId: string | null;
    runIds: string[];
    uploadIds: string[];
  }>(
    "delete-message-tree",
    `with recursive below as (
       select m.id, m."parentId", m."uploadIds" from "Message" m
       where m.id = $3 and m."conversationId" = $2 and m."userId" = $1
       union all
       select m.id, m."parentId", m."uploadIds" from "Message" m join below b on m."parentId" = b.id
     ), runs as (
       select r.id from "Run" r join below b on b.id = r."messageId"
     ), deleted as (
       delete from "Message" where id in (select id from below) returning id
     )
     select (select b."parentId" from below b where b.id = $3) as "parentId",
            array(select id from runs) as "runIds",
            array(select unnest(b."uploadIds") from below b) as "uploadIds"
     where exists (select from deleted)`,
    [userId, conversationId, messageId],
  );
  return row ?? null;
}
