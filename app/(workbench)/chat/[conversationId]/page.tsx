import { notFound } from "next/navigation";
import { isRunning, toNewestBranch, toUIMessage } from "@/components/chat/chat-message";
import { ChatPanel } from "@/components/chat/chat-panel";
import { ConversationDrawer } from "@/components/chat/conversation-drawer";
import { requirePageActor } from "@/lib/server/auth/page-actor";
import { getConversation } from "@/lib/server/services/conversations";
import { getApiOrigin } from "@/lib/server/services/deployment";
import { listModels } from "@/lib/server/services/models";
import { getTokenStatus } from "@/lib/server/services/token";
import { AppError } from "@/lib/shared/errors";
import { hasToken } from "@/lib/shared/schemas/token";

type Props = { params: Promise<{ conversationId: string }> };

async function loadConversation({ params }: Props) {
  const [{ conversationId }, actor] = await Promise.all([params, requirePageActor()]);
  try {
    return await getConversation(actor, conversationId);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}

export async function generateMetadata(props: Props) {
  const { title } = await loadConversation(props);
  return { title };
}

export default async function ConversationPage(props: Props) {
  const actor = await requirePageActor();
  const [conversation, list, token, origin] = await Promise.all([
    loadConversation(props),
    listModels(actor, { kind: "chat" }),
    getTokenStatus(actor),
    getApiOrigin(actor),
  ]);
  const branch = toNewestBranch(conversation.messages);
  const active = branch.find(({ run }) => isRunning(run));
  return (
    <ChatPanel
      key={conversation.id}
      conversation={{
        id: conversation.id,
        model: conversation.model,
        settings: conversation.settings,
        // A running answer is replayed by its stream.
        messages: branch.filter((message) => message !== active).map(toUIMessage),
        activeRunId: active?.run?.runId ?? null,
      }}
      list={list}
      hasToken={hasToken(token)}
      origin={origin}
      listButton={<ConversationDrawer />}
    />
  );
}
