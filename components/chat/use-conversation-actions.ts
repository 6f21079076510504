"use client";

import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { callApi, sendApi } from "@/lib/client/api";
import { saveAs } from "@/lib/client/download";
import { type ConversationSummary, conversationSchema } from "@/lib/shared/schemas/conversation";
import { useDelayedDelete } from "../common/use-delayed-delete";
import { useToast } from "../ui/toast";
import { announceConversationsChange } from "./use-conversations";

const pathOf = (id: string) => `/api/conversations/${id}`;

/** What can be done to the conversations of the list. */
export function useConversationActions() {
  const t = useTranslations("chat.list");
  const tCommon = useTranslations("common");
  // Deleted here; a list that was read in the meantime may still name them.
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const path = usePathname();
  const router = useRouter();
  const toast = useToast();
  const remove = useDelayedDelete((id) => sendApi(pathOf(id), { method: "DELETE" }));
  const failed = () => toast({ text: t("notDone") });
  const change = (id: string, body: object) =>
    void sendApi(pathOf(id), { method: "PATCH", body }).then(announceConversationsChange, failed);

  const onDelete = ({ id }: ConversationSummary) => {
    setHidden((before) => new Set([...before, id]));
    const isOpen = path === `/chat/${id}`;
    if (isOpen) router.push("/chat");
    const undo = remove(id);
    const run = () => {
      undo();
      setHidden((before) => new Set([...before].filter((other) => other !== id)));
      if (isOpen) router.push(`/chat/${id}`);
    };
    toast({ text: t("deleted"), action: { label: tCommon("undo"), run } });
  };

  return {
    hidden,
    isOn: (id: string) => path === `/chat/${id}`,
    onDelete,
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
