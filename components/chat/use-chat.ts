"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { callApi, sendApi } from "@/lib/client/api";
import type { ChatSettings } from "@/lib/shared/schemas/chat";
import { conversationSchema } from "@/lib/shared/schemas/conversation";
import { useDelayedDelete } from "../common/use-delayed-delete";
import { useStable } from "../common/use-stable";
import { useToast } from "../ui/toast";
import { isActive, type Turn, toQuestion } from "./transcript-state";
import type { TurnActions } from "./turn-actions";
import { useConversation } from "./use-conversation";
import { announceConversationsChange } from "./use-conversations";

export type ChatStart = {
  id: string | null;
  model: string;
  settings: ChatSettings;
  turns: Turn[];
  hasEarlier: boolean;
};

type ChatOptions = {
  start: ChatStart;
  isColumn: boolean;
  model: string;
  settings: ChatSettings;
  onCreated: (id: string) => void;
};

export type Chat = ReturnType<typeof useChat>;

/** A conversation with everything that can be done to its messages. */
export function useChat({ start, isColumn, model, settings, onCreated }: ChatOptions) {
  const t = useTranslations("chat");
  const tCommon = useTranslations("common");
  const toast = useToast();
  const router = useRouter();
  const chat = useConversation({
    conversationId: start.id,
    turns: start.turns,
    hasEarlier: start.hasEarlier,
    isColumn,
    model,
    settings,
    onCreated,
  });
  const { turns, id: conversationId } = chat;

  const remove = useDelayedDelete(async (messageId) => {
    const path = `/api/conversations/${conversationId}/messages/${messageId}`;
    await sendApi(path, { method: "DELETE" }).catch(() => toast({ text: t("notDone") }));
    await chat.refresh();
    announceConversationsChange();
  });

  const actions: TurnActions = useStable({
    edit: (turn: Turn, text: string) => {
      const { uploads, pictureUrls } = turn;
      const question = toQuestion(text, { uploads, pictureUrls });
      void chat.send({ parentId: turn.parentId, question });
    },
    regenerate: (turn: Turn) => void chat.send({ parentId: turn.parentId }),
    showVersion: (id: string) => void chat.showVersion(id),
    branch: (messageId: string) => {
      const call = { method: "POST", body: { messageId } } as const;
      void callApi(conversationSchema, `/api/conversations/${conversationId}/branch`, call).then(
        ({ id }) => {
          announceConversationsChange();
          router.push(`/chat/${id}`);
        },
        () => toast({ text: t("notDone") }),
      );
    },
    remove: (turn: Turn) => {
      chat.hide(turn.id);
      const undo = remove(turn.id);
      const run = () => {
        undo();
        // What is in view may have gone on: the server says what there is now.
        void chat.refresh();
      };
      toast({ text: t("messageDeleted"), action: { label: tCommon("undo"), run } });
    },
    copyLink: (messageId: string) => {
      const url = `${window.location.origin}/chat/${conversationId}?m=${messageId}`;
      void navigator.clipboard.writeText(url).then(() => toast({ text: t("linkCopied") }));
    },
    answerTools: (turn: Turn, toolResults: Turn["toolResults"]) => {
      const question = toQuestion("", { toolResults });
      void chat.send({ parentId: turn.id, question });
    },
  });

  // An answer that cannot be read here any more keeps nobody waiting.
  const isBusy = chat.live !== null || (!chat.fault?.isTaken && turns.some(isActive));
  return { ...chat, actions, isBusy };
}
