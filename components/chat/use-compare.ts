"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef, useState } from "react";
import { sendApi } from "@/lib/client/api";
import type { ChatSettings } from "@/lib/shared/schemas/chat";
import { useToast } from "../ui/toast";
import type { Question } from "./transcript-state";
import type { ChatStart } from "./use-chat";
import type { ColumnHandle } from "./use-column";
import { announceConversationsChange } from "./use-conversations";
import { useLastComparison } from "./use-last-comparison";

export const MIN_COLUMNS = 2;
export const MAX_COLUMNS = 4;

export type Column = {
  key: string;
  start: ChatStart;
  /** What the next question is asked with. */
  model: string;
  settings: ChatSettings;
  /** Known once its first question was taken. */
  conversationId: string | null;
};

export const toColumn = (start: ChatStart, key: string): Column => ({
  key,
  start,
  model: start.model,
  settings: start.settings,
  conversationId: start.id,
});

/** The columns as an address that brings them back: those with answers by their id, others by their model. */
function toAddress(columns: readonly Column[]): string {
  const query = new URLSearchParams();
  for (const { conversationId, model } of columns) {
    if (conversationId) query.append("c", conversationId);
    else query.append("m", model);
  }
  return `/compare?${query}`;
}

/** Two to four independent conversations, asked together. */
export function useCompare(initial: readonly Column[]) {
  const router = useRouter();
  const [columns, setColumns] = useState(initial);
  const handles = useRef(new Map<string, ColumnHandle>());
  const [busyKeys, setBusyKeys] = useState<readonly string[]>([]);
  const [isSending, setIsSending] = useState(false);
  const [isSynchronised, setIsSynchronised] = useState(false);
  const count = useRef(initial.length);
  const wantsStop = useRef(false);
  const toast = useToast();
  const t = useTranslations("compare");

  useEffect(() => {
    window.history.replaceState(null, "", toAddress(columns));
  }, [columns]);

  useEffect(() => {
    if (!isSynchronised) return undefined;
    const onScroll = ({ target }: Event) => {
      const boxes = [...handles.current.values()].flatMap(({ scroller }) => scroller ?? []);
      const box = boxes.find((one) => one === target);
      if (!box?.matches(":hover, :focus-within")) return;
      const share = box.scrollTop / Math.max(1, box.scrollHeight - box.clientHeight);
      for (const other of boxes) {
        if (other !== box) other.scrollTop = share * (other.scrollHeight - other.clientHeight);
      }
    };
    const options = { passive: true, capture: true };
    document.addEventListener("scroll", onScroll, options);
    return () => document.removeEventListener("scroll", onScroll, options);
  }, [isSynchronised]);

  const register = useCallback((key: string, handle: ColumnHandle | null) => {
    if (handle) handles.current.set(key, handle);
    else handles.current.delete(key);
    const busy = [...handles.current].flatMap(([one, { isBusy }]) => (isBusy ? [one] : []));
    setBusyKeys((now) => (now.join() === busy.join() ? now : busy));
  }, []);

  const change = (key: string, part: Partial<Column>) =>
    setColumns((now) => now.map((one) => (one.key === key ? { ...one, ...part } : one)));

  const lastAddress = useLastComparison(
    toAddress(columns),
    columns.some(({ conversationId }) => conversationId !== null),
  );

  return {
    columns,
    /** Of the comparison before this one, while nothing was asked here; null where there is none. */
    lastAddress,
    /** Whether one of these answers, or is being asked. */
    isBusy: (keys: readonly string[]) => isSending || keys.some((key) => busyKeys.includes(key)),
    isSynchronised,
    setIsSynchronised,
    register,
    change,
    /** A column more, with the first of `models` that none has yet. Answers its key. */
    add: (models: readonly string[]): string => {
      count.current += 1;
      const key = String(count.current);
      const last = columns.at(-1);
      const unused = models.find((id) => columns.every((column) => column.model !== id));
      const model = unused ?? last?.model ?? "";
      const start = { id: null, model, settings: {}, turns: [], hasEarlier: false };
      setColumns([...columns, toColumn(start, key)]);
      return key;
    },
    remove: (key: string) => setColumns(columns.filter((column) => column.key !== key)),
    /** Asks these columns, from left to right: so they join the lane. Answers how many took it. */
    send: async (question: Question, keys: readonly string[]): Promise<number> => {
      wantsStop.current = false;
      setIsSending(true);
      let takenCount = 0;
      for (const key of keys) {
        const handle = handles.current.get(key);
        if (!handle || wantsStop.current) continue;
        const isTaken = await new Promise<boolean>((resolve) => handle.send(question, resolve));
        if (isTaken) takenCount += 1;
      }
      setIsSending(false);
      return takenCount;
    },
    stop: (keys: readonly string[]) => {
      wantsStop.current = true;
      for (const key of keys) {
        const handle = handles.current.get(key);
        if (handle?.isBusy) handle.stop();
      }
    },
    /** Brings a column into view, where they do not all fit. */
    show: (key: string) =>
      requestAnimationFrame(() =>
        handles.current.get(key)?.scroller?.scrollIntoView({ block: "nearest", inline: "nearest" }),
      ),
    keep: async (id: string) => {
      const call = { method: "PATCH", body: { isColumn: false } } as const;
      try {
        await sendApi(`/api/conversations/${id}`, call);
      } catch {
        return toast({ text: t("notKept") });
      }
      announceConversationsChange();
      return router.push(`/chat/${id}`);
    },
  };
}
