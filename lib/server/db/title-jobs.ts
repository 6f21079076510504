import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { queryNamed } from "./pool";

export type TitleJob = { model: string; question: string; answer: string };

/**
 * What a conversation is to be titled by; null where its owner wants no automatic titles, has given
 * one, or nothing was answered.
 */
export async function findTitleJob(
  userId: UserId,
  conversationId: string,
): Promise<TitleJob | null> {
  const [row] = await queryNamed<TitleJob>(
    "find-title-job",
    `select r.model, q.text as question, a.text as answer
     from "Conversation" c join "User" u on u.id = c."userId"
     join "Run" r on r."conversationId" = c.id and r.status = 'complete'
     join "Message" a on a.id = r."messageId" join "Message" q on q.id = a."parentId"
     where c.id = $2 and c."userId" = $1 and u."autoTitles" and not c."titledByUser"
       and a.text <> ''
     order by a."createdAt" limit 1`,
    [userId, conversationId],
  );
  return row ?? null;
}
