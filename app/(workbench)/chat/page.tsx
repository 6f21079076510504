import { getTranslations } from "next-intl/server";
import { ChatPanel } from "@/components/chat/chat-panel";
import { ConversationDrawer } from "@/components/chat/conversation-drawer";
import { Fresh } from "@/components/layout/fresh";
import { requirePageActor } from "@/lib/server/auth/page-actor";
import { getApiOrigin } from "@/lib/server/services/deployment";
import { listModels } from "@/lib/server/services/models";
import { getTokenStatus } from "@/lib/server/services/token";
import { chooseModel } from "@/lib/shared/model-list";
import { DEFAULT_CHAT_MODEL } from "@/lib/shared/models/fallback-ids";
import { hasToken } from "@/lib/shared/schemas/token";

export async function generateMetadata() {
  const t = await getTranslations("chat");
  return { title: t("title") };
}

export default async function NewChatPage() {
  const actor = await requirePageActor();
  const [list, token, origin] = await Promise.all([
    listModels(actor, { kind: "chat" }),
    getTokenStatus(actor),
    getApiOrigin(actor),
  ]);
  const model = chooseModel(list, DEFAULT_CHAT_MODEL);
  return (
    <Fresh address="/chat">
      <ChatPanel
        start={{ id: null, model, settings: {}, turns: [], hasEarlier: false }}
        linkedId={null}
        list={list}
        hasToken={hasToken(token)}
        origin={origin}
        listButton={<ConversationDrawer />}
      />
    </Fresh>
  );
}
