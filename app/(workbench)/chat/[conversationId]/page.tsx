import { cache } from "react";
import { orNotFound } from "@/app/or-not-found";
import { ChatPanel } from "@/components/chat/chat-panel";
import { ConversationDrawer } from "@/components/chat/conversation-drawer";
import { toTurn } from "@/components/chat/transcript-state";
import { requirePageActor } from "@/lib/server/auth/page-actor";
import { readConversation } from "@/lib/server/services/conversations";
import { getApiOrigin } from "@/lib/server/services/deployment";
import { listModels } from "@/lib/server/services/models";
import { getTokenStatus } from "@/lib/server/services/token";
import { idSchema } from "@/lib/shared/ids";
import { hasToken } from "@/lib/shared/schemas/token";

type Props = {
  params: Promise<{ conversationId: string }>;
  /** `m`: the message that a link leads to. */
  searchParams: Promise<{ m?: string | string[] }>;
};

async function readLink({ searchParams }: Props): Promise<string | null> {
  const { m } = await searchParams;
  return idSchema.safeParse(m).data ?? null;
}

/** Once for the page and its title. */
const loadConversation = cache(async (conversationId: string, linkedId: string | null) => {
  const actor = await requirePageActor();
  return orNotFound(readConversation(actor, conversationId, { around: linkedId ?? undefined }));
});

export async function generateMetadata(props: Props) {
  const [{ conversationId }, linkedId] = await Promise.all([props.params, readLink(props)]);
  const { title } = await loadConversation(conversationId, linkedId);
  return { title };
}

export default async function ConversationPage(props: Props) {
  const actor = await requirePageActor();
  const [{ conversationId }, linkedId] = await Promise.all([props.params, readLink(props)]);
  const [conversation, list, token, origin] = await Promise.all([
    loadConversation(conversationId, linkedId),
    listModels(actor, { kind: "chat" }),
    getTokenStatus(actor),
    getApiOrigin(actor),
  ]);
  return (
    <ChatPanel
      // A link to another message of the same conversation shows another page of it.
      key={`${conversation.id} ${linkedId}`}
      start={{
        id: conversation.id,
        model: conversation.model,
        settings: conversation.settings,
        turns: conversation.messages.map(toTurn),
        hasEarlier: conversation.hasEarlier,
      }}
      linkedId={linkedId}
      list={list}
      hasToken={hasToken(token)}
      origin={origin}
      listButton={<ConversationDrawer />}
    />
  );
}
