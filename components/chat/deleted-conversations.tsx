"use client";

import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { createContext, type ReactNode, use, useState } from "react";
import { sendApi } from "@/lib/client/api";
import { useDelayedDelete } from "../common/use-delayed-delete";
import { useToast } from "../ui/toast";
import { announceConversationsChange } from "./use-conversations";
import { announceToTabs } from "./use-outside-changes";

type Deleted = {
  /** Conversations that are, or are about to be, deleted; a list that was read before still names them. */
  ids: ReadonlySet<string>;
  remove: (id: string) => void;
};

const DeletedContext = createContext<Deleted>({ ids: new Set(), remove: () => undefined });

export const useDeletedConversations = () => use(DeletedContext);

/** Deletes conversations, five seconds after it was asked; lists and pages below may come and go meanwhile. */
export function DeletedConversations({ children }: { children: ReactNode }) {
  const t = useTranslations("chat.list");
  const tCommon = useTranslations("common");
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const path = usePathname();
  const router = useRouter();
  const toast = useToast();
  const show = (id: string) =>
    setIds((before) => new Set([...before].filter((other) => other !== id)));
  const removeLater = useDelayedDelete(async (id) => {
    await sendApi(`/api/conversations/${id}`, { method: "DELETE" }).catch(() => {
      show(id);
      toast({ text: t("notDone") });
    });
    announceConversationsChange();
    announceToTabs(id);
  });
  const remove = (id: string) => {
    setIds((before) => new Set([...before, id]));
    const isOpen = path === `/chat/${id}`;
    if (isOpen) router.push("/chat");
    const undo = removeLater(id);
    const run = () => {
      undo();
      show(id);
      if (isOpen) router.push(`/chat/${id}`);
    };
    toast({ text: t("deleted"), action: { label: tCommon("undo"), run } });
  };
  return <DeletedContext value={{ ids, remove }}>{children}</DeletedContext>;
}
