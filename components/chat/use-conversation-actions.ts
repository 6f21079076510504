"use client";

import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { callApi, sendApi } from "@/lib/client/api";
import { saveAs } from "@/lib/client/download";
import { type ConversationSummary, conversationSchema } from "@/lib/shared/schemas/conversation";
import { useToast } from "../ui/toast";
import { useDeletedConversations } from "./deleted-conversations";
import { announceConversationsChange } from "./use-conversations";

const pathOf = (id: string) => `/api/conversations/${id}`;

/** What can be done to the conversations of the list. */
export function useConversationActions() {
  const t = useTranslations("chat.list");
  const deleted = useDeletedConversations();
  const path = usePathname();
  const router = useRouter();
  const toast = useToast();
  const change = (id: string, body: object) =>
    void sendApi(pathOf(id), { method: "PATCH", body }).then(announceConversationsChange, () =>
      toast({ text: t("notDone") }),
    );

  return {
    hidden: deleted.ids,
    isOn: (id: string) => path === `/chat/${id}`,
    onDelete: (row: ConversationSummary) => deleted.remove(row.id),
    onRename: (row: ConversationSummary, title: string) => change(row.id, { title }),
    onPin: (row: ConversationSummary) => change(row.id, { pinned: !row.pinned }),
    onExport: (row: ConversationSummary, format: "json" | "markdown") =>
      saveAs(`${pathOf(row.id)}/export?format=${format}`),
    onImport: async (file: File) => {
      const call = { method: "POST", bytes: file } as const;
      await callApi(conversationSchema, "/api/conversations/import", call).then(
        ({ id }) => {
          announceConversationsChange();
          router.push(`/chat/${id}`);
        },
        (error) => toast({ text: error.fields?.body ?? t("notDone") }),
      );
    },
  };
}
