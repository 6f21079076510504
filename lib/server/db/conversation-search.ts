import "server-only";
import type { UserId } from "@/lib/shared/actor";
import type { Cursor } from "@/lib/shared/cursor";
import { queryNamed } from "./pool";

export type FoundConversation = {
  id: string;
  title: string;
  model: string;
  pinnedAt: Date | null;
  updatedAt: Date;
  isRunning: boolean;
  /** The newest message with all words of the search, and the text around the first of them. */
  messageId: string | null;
  snippet: string | null;
};

/** Letters before what was found, and in all. */
const SNIPPET_BEFORE = 24;
const SNIPPET_LENGTH = 160;
const MAX_WORDS = 8;

/** `%`, `_` and `\` of a search text stand for themselves. */
const toPattern = (word: string) => `%${word.replace(/[\\%_]/g, "\\$&")}%`;

/**
 * Conversations, columns of comparisons among them, with all words of `search` in their title or in one message, newest first, `take`
 * after the cursor. The full text index finds candidates (a CJK letter each, words by their
 * beginning), the words themselves decide.
 */
export function searchConversations(
  userId: UserId,
  { search, cursor, take }: { search: string; cursor: Cursor | null; take: number },
): Promise<FoundConversation[]> {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MAX_WORDS);
  return queryNamed<FoundConversation>(
    "search-conversations",
    `with hit as (
       select distinct on (m."conversationId") m."conversationId", m.id, m.text
       from "Message" m
       where m."userId" = $1 and m."isFindable" and search_terms(m.text) @@ search_query($2)
         and lower(m.text) like all ($3::text[])
       order by m."conversationId", m."createdAt" desc, m.id desc
     )
     select c.id, c.title, c.model, c."pinnedAt", c."updatedAt",
            exists (select from "Run" r where r."conversationId" = c.id
                    and r.status in ('queued', 'streaming')) as "isRunning",
            hit.id as "messageId",
            substr(hit.text, greatest(1, position($4 in lower(hit.text)) - ${SNIPPET_BEFORE}),
                   ${SNIPPET_LENGTH}) as snippet
     from "Conversation" c left join hit on hit."conversationId" = c.id
     where c."userId" = $1
       and (hit.id is not null or lower(c.title) like all ($3::text[]))
       and ($5::timestamptz is null or (c."updatedAt", c.id) < ($5, $6))
     order by c."updatedAt" desc, c.id desc
     limit $7`,
    [
      userId,
      search,
      words.map(toPattern),
      words[0] ?? "",
      cursor?.at ?? null,
      cursor?.id ?? null,
      take,
    ],
  );
}
