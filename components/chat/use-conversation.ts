"use client";

import { useEffect, useRef, useState } from "react";
import { type ApiError, asApiError } from "@/lib/client/api";
import type { ChatSettings } from "@/lib/shared/schemas/chat";
import { announceCall } from "../layout/use-credits";
import { announceLaneChange } from "../layout/use-lane";
import { ask, before, isActive, type Question, type Turn, take } from "./transcript-state";
import { useCatchUp } from "./use-catch-up";
import { announceConversationsChange } from "./use-conversations";
import { useLive } from "./use-live";
import { announceToTabs } from "./use-outside-changes";
import { usePages } from "./use-pages";

type ConversationOptions = {
  conversationId: string | null;
  turns: Turn[];
  hasEarlier: boolean;
  isColumn: boolean;
  model: string;
  settings: ChatSettings;
  /** The conversation was made by its first question. */
  onCreated: (id: string) => void;
};

export type AskOptions = {
  /** What it goes on from; null = the beginning, absent = the end. */
  parentId?: string | null;
  /** Absent = the parent is answered anew. */
  question?: Question | null;
  /** Of an earlier try: what has arrived then is not asked twice. */
  key?: string;
  /** The server has taken it, or refused it: once. */
  onSettled?: (isTaken: boolean) => void;
};

export type Fault = {
  error: ApiError;
  /** What was refused; null where the last question was to be answered anew. */
  question: Question | null;
  /** The idempotency key it was asked with. */
  key: string | null;
  /** It was taken: only its answer cannot be read here any more. */
  isTaken: boolean;
};

const toMessage = ({ text, uploads, pictureUrls, toolResults }: Question) =>
  toolResults.length > 0
    ? { toolResults }
    : {
        text,
        ...(uploads.length > 0 && { uploads }),
        ...(pictureUrls.length > 0 && { pictureUrls }),
      };

type Place = { conversationId: string; parentMessageId: string | null } | { isColumn: boolean };

/** Where a question goes, and the question itself; a conversation begins as no column unless told so. */
const toBody = (place: Place, question: Question | null) => ({
  ...("isColumn" in place && !place.isColumn ? {} : place),
  ...(question && { message: toMessage(question) }),
});

/** One conversation: its turns, asking, following, stopping. The server owns the runs. */
export function useConversation(options: ConversationOptions) {
  const { model, settings, isColumn, onCreated } = options;
  const [turns, setTurns] = useState(options.turns);
  const [fault, setFault] = useState<Fault | null>(null);
  const [hasAnswered, setHasAnswered] = useState(false);
  const latest = useRef({ id: options.conversationId, turns });
  latest.current.turns = turns;
  const taken = useRef<() => void>(() => undefined);
  const ended = useRef<() => void>(() => undefined);

  const awaited = useLive({
    onParts: (key, parts) => setTurns((now) => take(now, key, parts)),
    onStart: ({ conversationId }) => {
      const isNew = latest.current.id === null;
      latest.current.id = conversationId;
      if (isNew) onCreated(conversationId);
      taken.current();
      announceToTabs(conversationId);
      announceLaneChange();
      announceConversationsChange();
    },
    onEnd: () => {
      setHasAnswered(true);
      if (latest.current.id) announceToTabs(latest.current.id);
      ended.current();
      announceCall();
      announceLaneChange();
      announceConversationsChange();
    },
  });

  /** A run that goes on elsewhere, or went on while the page was away, is followed. */
  const watchLast = (shown: readonly Turn[]) => {
    const last = shown.at(-1);
    if (!last?.run || !isActive(last)) return;
    awaited
      .watch(last.key, last.run.runId)
      .catch((error) =>
        setFault({ error: asApiError(error), question: null, key: null, isTaken: true }),
      );
  };
  const pages = usePages({
    latest,
    hasEarlier: options.hasEarlier,
    setTurns,
    isBusy: awaited.isOn,
    onShown: watchLast,
  });
  const first = useRef(() => watchLast(options.turns));
  useEffect(() => first.current(), []);
  const conversationId = latest.current.id;
  const refresh = () => void pages.refresh();
  ended.current = useCatchUp({ conversationId, isBusy: awaited.isOn, refresh }).ended;

  const send = async ({ parentId, question = null, key, onSettled }: AskOptions) => {
    const { id, turns: shown } = latest.current;
    const idempotencyKey = key ?? crypto.randomUUID();
    const from = parentId === undefined ? (shown.at(-1)?.id ?? null) : parentId;
    const at = new Date().toISOString();
    const newKey = () => crypto.randomUUID();
    const asked = ask(shown, { parentId: from, question, model, at, newKey });
    setTurns(asked.turns);
    setFault(null);
    setHasAnswered(false);
    let isTaken = false;
    taken.current = () => {
      isTaken = true;
      onSettled?.(true);
    };
    const place = id ? { conversationId: id, parentMessageId: from } : { isColumn };
    const body = { ...toBody(place, question), model, settings, idempotencyKey };
    await awaited.ask(asked.answerKey, body).catch((cause) => {
      const error = asApiError(cause);
      if (isTaken) return setFault({ error, question: null, key: null, isTaken });
      latest.current.turns = shown; // what is read now goes by ids that the server knows
      setTurns(shown);
      // An earlier try has arrived after all, and its answer is there.
      const hasArrived = error.code === "idempotency_mismatch";
      if (hasArrived) void pages.refresh();
      else setFault({ error, question, key: idempotencyKey, isTaken });
      return onSettled?.(hasArrived);
    });
  };

  return {
    /** Null until the first question was taken. */
    id: latest.current.id,
    turns,
    live: awaited.live,
    isUnsaved: awaited.isUnsaved,
    stop: awaited.stop,
    fault,
    hasAnswered,
    send,
    ...pages,
    /** Takes a message and what follows it out of view. */
    hide: (messageId: string) => setTurns((now) => before(now, messageId)),
  };
}
