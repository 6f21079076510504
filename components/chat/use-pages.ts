"use client";

import type { Dispatch, RefObject, SetStateAction } from "react";
import { useRef, useState } from "react";
import { callApi } from "@/lib/client/api";
import { type ChatMessage, conversationSchema } from "@/lib/shared/schemas/conversation";
import { type Turn, toTurn } from "./transcript-state";

type Latest = { id: string | null; turns: Turn[] };

type PagesOptions = {
  latest: RefObject<Latest>;
  hasEarlier: boolean;
  setTurns: Dispatch<SetStateAction<Turn[]>>;
  /** An answer is awaited: what is in view stays. */
  isBusy: () => boolean;
  /** After other turns are shown. */
  onShown: (turns: Turn[]) => void;
};

/** What tells whether messages in view are those that the server has. */
const toState = (messages: readonly ChatMessage[]) =>
  JSON.stringify(messages.map(({ id, siblings, run }) => [id, siblings, run?.status]));

/** What is read of a conversation beside its answers: earlier messages, other versions, changes elsewhere. */
export function usePages({ latest, setTurns, isBusy, onShown, ...options }: PagesOptions) {
  const [hasEarlier, setHasEarlier] = useState(options.hasEarlier);
  const load = (query = "", call: Parameters<typeof callApi>[2] = {}) =>
    callApi(conversationSchema, `/api/conversations/${latest.current.id}${query}`, call).catch(
      () => null,
    );
  type Page = NonNullable<Awaited<ReturnType<typeof load>>>;
  const isLoading = useRef(false);
  const show = (page: Page) => {
    const turns = page.messages.map(toTurn);
    setTurns(turns);
    setHasEarlier(page.hasEarlier);
    onShown(turns);
  };
  return {
    hasEarlier,
    /** The messages before those in view. */
    loadEarlier: async () => {
      if (isLoading.current) return;
      isLoading.current = true;
      const before = latest.current.turns[0]?.id;
      const page = await load(`?before=${before}`);
      isLoading.current = false;
      if (!page || latest.current.turns[0]?.id !== before) return;
      setTurns((now) => [...page.messages.map(toTurn), ...now]);
      setHasEarlier(page.hasEarlier);
    },
    /** Shows another version of a message, with what follows it. */
    showVersion: async (messageId: string) => {
      const page = await load("", { method: "PATCH", body: { shownMessageId: messageId } });
      if (page && !isBusy()) show(page);
    },
    /**
     * What the server has, where that is not what is in view. The branch in view stays, with versions
     * that were made elsewhere beside it.
     */
    refresh: async () => {
      if (isBusy()) return;
      const last = latest.current.turns.at(-1);
      const page = (last && (await load(`?around=${last.id}`))) ?? (await load());
      if (!page || isBusy()) return;
      const shown = latest.current.turns.slice(-page.messages.length);
      if (toState(page.messages) !== toState(shown)) show(page);
    },
  };
}
