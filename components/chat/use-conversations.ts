"use client";

import { useEffect, useState } from "react";
import { callApi } from "@/lib/client/api";
import {
  type ConversationSummary,
  conversationListSchema,
} from "@/lib/shared/schemas/conversation";

const CHANGED_EVENT = "msp:conversations";
const SEARCH_DELAY_MS = 200;

export type ConversationList = {
  conversations: ConversationSummary[];
  total: number;
  nextCursor: string | null;
};

/** Tells the list that a conversation was made, renamed or went on. */
export function announceConversationsChange(): void {
  window.dispatchEvent(new Event(CHANGED_EVENT));
}

/** The list at the left: from the server at first paint, then whatever the search asks for. */
export function useConversations(initial: ConversationList, search: string) {
  const [list, setList] = useState(initial);
  useEffect(() => {
    let isCurrent = true;
    const read = () => {
      const query = search ? `?${new URLSearchParams({ search })}` : "";
      callApi(conversationListSchema, `/api/conversations${query}`).then(
        (next) => isCurrent && setList(next),
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
    if (!list.nextCursor) return;
    const query = new URLSearchParams({ cursor: list.nextCursor, ...(search && { search }) });
    const next = await callApi(conversationListSchema, `/api/conversations?${query}`);
    setList({ ...next, conversations: [...list.conversations, ...next.conversations] });
  };
  return { list, showMore };
}
