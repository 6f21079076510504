import "server-only";
import { queryNamed } from "./pool";
import { type FoundSession, LIVE_SESSION, type SessionKey } from "./sessions";
import type { TokenRow } from "./tokens";

export type BranchTurn = {
  id: string;
  role: "user" | "assistant";
  text: string;
  uploadIds: string[];
  pictureUrls: string[];
  /** As stored; see `toToolCalls` and `toToolResults`. */
  toolCalls: unknown;
  toolResults: unknown;
};

export type AskContext = {
  session: FoundSession;
  token: Pick<TokenRow, "id" | "sealed" | "site" | "state"> | null;
  /** The run that the same key started before. */
  earlier: { id: string; bodyHash: string } | null;
  /** The turns from the root down to the one that is gone on from; null where that is not the user's. */
  branch: BranchTurn[] | null;
  /** When ModelScope stopped serving the model. */
  withdrawnAt: Date | null;
  /** The user's calls of the model are used up today. */
  isSpent: boolean;
  /** Calls of the user's that run or wait. */
  laneSize: number;
};

/** Where a question goes on from: a message, the root (null), or what the conversation shows (absent). */
type Place = { conversationId: string | null; parentId: string | null | undefined };

/** Who asks, and everything that must be known before a model is asked, in one read; null for a stranger. */
export async function findAskContext(
  session: SessionKey,
  { conversationId, parentId }: Place,
  call: { idempotencyKey: string; model: string; dayStart: Date },
): Promise<AskContext | null> {
  const [row] = await queryNamed<Omit<AskContext, "session"> & { session: FoundSession | null }>(
    "find-ask-context",
    `with recursive me as materialized (${LIVE_SESSION}
     ), owned as (
       select id, "leafId" from "Conversation" where id = $3 and "userId" = (select "userId" from me)
     ), leaf as (
       select m.id from owned join "Message" m on m."conversationId" = owned.id
       where m.id = case when $5 then $4 else coalesce(
         (select shown.id from "Message" shown
          where shown.id = owned."leafId" and shown."conversationId" = owned.id),
         (select newest.id from "Message" newest where newest."conversationId" = owned.id
          order by newest."createdAt" desc, newest.id desc limit 1)) end
     ), branch as (
       select m.id, m."parentId", m.role, m.text, m."uploadIds", m."pictureUrls", m."toolCalls",
              m."toolResults", 0 as depth
       from "Message" m join leaf on leaf.id = m.id
       union all
       select m.id, m."parentId", m.role, m.text, m."uploadIds", m."pictureUrls", m."toolCalls",
              m."toolResults", b.depth + 1
       from "Message" m join branch b on m.id = b."parentId"
     ), token as (
       select id, sealed, site, state from "ModelScopeToken" where "userId" = (select "userId" from me)
     )
     select (select to_jsonb(me) from me) as session,
            (select to_jsonb(token) from token) as token,
            (select jsonb_build_object('id', r.id, 'bodyHash', r."bodyHash") from "Run" r
             where r."userId" = (select "userId" from me) and r."idempotencyKey" = $6) as earlier,
            case when $3::text is null or exists (select from owned) and ($4::text is null or exists (select from leaf))
              then coalesce((select jsonb_agg(jsonb_build_object(
                'id', b.id, 'role', b.role, 'uploadIds', b."uploadIds",
                'pictureUrls', b."pictureUrls",
                'text', coalesce(nullif(b.text, ''), r.text, ''),
                'toolCalls', coalesce(b."toolCalls", r."toolCalls"),
                'toolResults', b."toolResults") order by b.depth desc)
              from branch b left join "Run" r on r."messageId" = b.id), '[]') end as branch,
            (select "withdrawnAt" from "WithdrawnModel"
             where model = $7 and site = (select site from token)) as "withdrawnAt",
            exists (select from "RateReading" where "userId" = (select "userId" from me) and model = $7 and remaining = 0
                    and "readAt" >= $8) as "isSpent",
            (select count(*)::int from "LaneEntry"
             where "userId" = (select "userId" from me) and "leaseUntil" > now()) as "laneSize"`,
    [
      session.secretHash,
      session.idleLimitSeconds,
      conversationId,
      parentId ?? null,
      parentId !== undefined,
      call.idempotencyKey,
      call.model,
      call.dayStart,
    ],
  );
  if (!row) throw new Error("a select without from has one row");
  return row.session && { ...row, session: row.session };
}
