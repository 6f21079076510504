"use client";

import { useEffect, useRef, useState } from "react";
import { callApi } from "@/lib/client/api";
import { conversationListSchema } from "@/lib/shared/schemas/conversation";
import { type ConversationList, renew } from "./conversation-pages";
import { CONVERSATIONS_CHANNEL } from "./use-outside-changes";

const CHANGED_EVENT = "msp:conversations";
const SEARCH_DELAY_MS = 200;
const RUNNING_EVERY_MS = 3_000;

/** Tells the list that a conversation was made, renamed or went on. */
export function announceConversationsChange(): void {
  window.dispatchEvent(new Event(CHANGED_EVENT));
}

/** The list at the left: from the server at first paint, then whatever the search asks for. */
export function useConversations(initial: ConversationList, search: string) {
  const [list, setList] = useState(initial);
  const isLoading = useRef(false);
  const isAnyRunning = list.conversations.some(({ running }) => running);
  const shown = useRef(""); // the search whose result is in view
  useEffect(() => {
    let isCurrent = true;
    const read = () => {
      const query = search ? `?${new URLSearchParams({ search })}` : "";
      callApi(conversationListSchema, `/api/conversations${query}`).then(
        (first) => {
          if (!isCurrent) return;
          const isSame = shown.current === search;
          shown.current = search;
          setList((now) => (isSame ? renew(now, first) : first));
        },
        () => undefined,
      );
    };
    const timer = setTimeout(read, SEARCH_DELAY_MS);
    window.addEventListener(CHANGED_EVENT, read);
    const channel = new BroadcastChannel(CONVERSATIONS_CHANNEL);
    channel.onmessage = read;
    // What runs elsewhere ends without a word.
    const watch = isAnyRunning ? setInterval(read, RUNNING_EVERY_MS) : undefined;
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      clearInterval(watch);
      channel.close();
      window.removeEventListener(CHANGED_EVENT, read);
    };
  }, [search, isAnyRunning]);
  const showMore = async () => {
    const { nextCursor: cursor } = list;
    if (!cursor || isLoading.current || shown.current !== search) return;
    isLoading.current = true;
    const query = new URLSearchParams({ cursor, ...(search && { search }) });
    const next = await callApi(conversationListSchema, `/api/conversations?${query}`).catch(
      () => null,
    );
    isLoading.current = false;
    if (!next) return;
    // Another search, or a list that was read again, goes on from elsewhere.
    setList((now) =>
      now.nextCursor === cursor
        ? { ...next, conversations: [...now.conversations, ...next.conversations] }
        : now,
    );
  };
  return { list, showMore };
}
