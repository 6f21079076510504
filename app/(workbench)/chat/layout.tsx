import type { ReactNode } from "react";
import { ConversationList } from "@/components/chat/conversation-list";
import { DeletedConversations } from "@/components/chat/deleted-conversations";
import { requirePageActor } from "@/lib/server/auth/page-actor";
import { listConversations } from "@/lib/server/services/conversations";

export default async function ChatLayout({ children }: { children: ReactNode }) {
  const conversations = await listConversations(await requirePageActor(), {});
  return (
    <DeletedConversations>
      <div className="flex min-h-0 flex-1">
        <aside className="flex w-(--list) shrink-0 flex-col border-r border-hair bg-panel max-md:hidden">
          <ConversationList initial={conversations} />
        </aside>
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">{children}</div>
      </div>
    </DeletedConversations>
  );
}
