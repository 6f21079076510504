"use client";

import { useEffect, useRef, useState } from "react";
import { callApi } from "@/lib/client/api";
import { conversationListSchema } from "@/lib/shared/schemas/conversation";
import { type ConversationList, renew } from "./conversation-pages";

const CHANGED_EVENT = "msp:conversations";
const SEARCH_DELAY_MS = 200;

/** Tells the list that a conversation was made, renamed or went on. */
export function announceConversationsChange(): void {
  window.dispatchEvent(new Event(CHANGED_EVENT));
}

/** The list at the left: from the server at first paint, then whatever the search asks for. */
export function useConversations(initial: ConversationList, search: string) {
  const [list, setList] = useState(initial);
  const isLoading = useRef(false);
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
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      window.removeEventListener(CHANGED_EVENT, read);
    };
  }, [search]);
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
