import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { getDb } from "./client";
import { queryNamed } from "./pool";
import { ANSWER } from "./runs";

const MESSAGE = {
  id: true,
  parentId: true,
  role: true,
  text: true,
  reasoning: true,
  toolCalls: true,
  uploadIds: true,
  createdAt: true,
  run: { select: ANSWER },
} as const;

export type MessageRow = Awaited<ReturnType<typeof findMessages>>[number];

/** All messages of a conversation, oldest first. */
export function findMessages(userId: UserId, conversationId: string) {
  return getDb().message.findMany({
    where: { conversationId, userId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: MESSAGE,
  });
}

export type BranchTurn = {
  id: string;
  role: "user" | "assistant";
  text: string;
  uploadIds: string[];
};

/**
 * The turns from the root down to `parentId`, or to the newest message where that is null.
 * Null where the user has no such conversation, or it has no such message.
 */
export async function findBranch(
  userId: UserId,
  conversationId: string,
  parentId: string | null,
): Promise<BranchTurn[] | null> {
  const rows = await queryNamed<BranchTurn & { found: boolean }>(
    "find-branch",
    `with recursive owned as (
       select id from "Conversation" where id = $1 and "userId" = $2
     ), leaf as (
       select m.id from "Message" m join owned on owned.id = m."conversationId"
       where $3::text is null or m.id = $3
       order by m."createdAt" desc, m.id desc limit 1
     ), branch as (
       select m.id, m."parentId", m.role, m.text, m."uploadIds", 0 as depth
       from "Message" m join leaf on leaf.id = m.id
       union all
       select m.id, m."parentId", m.role, m.text, m."uploadIds", b.depth + 1
       from "Message" m join branch b on m.id = b."parentId"
     )
     select true as found, b.id, b.role::text as role, b."uploadIds",
            coalesce(nullif(b.text, ''), r.text, '') as text
     from owned left join branch b on true left join "Run" r on r."messageId" = b.id
     order by b.depth desc nulls last`,
    [conversationId, userId, parentId],
  );
  const turns = rows.filter((row) => row.id !== null);
  if (rows.length === 0 || (parentId !== null && turns.length === 0)) return null;
  return turns.map(({ id, role, text, uploadIds }) => ({ id, role, text, uploadIds }));
}
