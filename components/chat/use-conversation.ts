"use client";

import { useEffect, useRef, useState } from "react";
import { type ApiError, asApiError } from "@/lib/client/api";
import type { ChatSettings } from "@/lib/shared/schemas/chat";
import { announceCall } from "../layout/use-credits";
import { announceLaneChange } from "../layout/use-lane";
import { ask, isActive, type Question, type Turn, take } from "./transcript-state";
import { announceConversationsChange } from "./use-conversations";
import { useLive } from "./use-live";
import { announceToTabs, useOutsideChanges } from "./use-outside-changes";
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
  question?: Question;
  /** The server has taken it, or refused it. */
  onTaken?: () => void;
};

type Fault = { error: ApiError; question: Question | null };

const toMessage = ({ text, uploads, pictureUrls, toolResults }: Question) =>
  toolResults.length > 0
    ? { toolResults }
    : {
        text,
        ...(uploads.length > 0 && { uploads }),
        ...(pictureUrls.length > 0 && { pictureUrls }),
      };

/** One conversation: its turns, asking, following, stopping. The server owns the runs. */
export function useConversation(options: ConversationOptions) {
  const { model, settings, isColumn, onCreated } = options;
  const [turns, setTurns] = useState(options.turns);
  const [fault, setFault] = useState<Fault | null>(null);
  const [hasAnswered, setHasAnswered] = useState(false);
  const latest = useRef({ id: options.conversationId, turns });
  latest.current.turns = turns;
  const taken = useRef<() => void>(() => undefined);

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
      announceCall();
      announceLaneChange();
      announceConversationsChange();
    },
  });

  /** A run that goes on elsewhere, or went on while the page was away, is followed. */
  const watchLast = (shown: readonly Turn[]) => {
    const last = shown.at(-1);
    if (last?.run && isActive(last)) void awaited.watch(last.key, last.run.runId);
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
  useOutsideChanges(latest.current.id, () => {
    if (!awaited.isOn()) void pages.refresh();
  });

  const send = async ({ parentId, question, onTaken = () => undefined }: AskOptions) => {
    const { id, turns: before } = latest.current;
    const from = parentId === undefined ? (before.at(-1)?.id ?? null) : parentId;
    const at = new Date().toISOString();
    const newKey = () => crypto.randomUUID();
    const asked = ask(before, { parentId: from, question: question ?? null, model, at, newKey });
    setTurns(asked.turns);
    setFault(null);
    setHasAnswered(false);
    taken.current = onTaken;
    const body = {
      ...(id && { conversationId: id, parentMessageId: from }),
      ...(question && { message: toMessage(question) }),
      ...(isColumn && !id && { isColumn }),
      model,
      settings,
      idempotencyKey: crypto.randomUUID(),
    };
    await awaited.ask(asked.answerKey, body).catch((error) => {
      // Nothing was stored: the question goes back to where it was written.
      setTurns(before);
      setFault({ error: asApiError(error), question: question ?? null });
      onTaken();
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
    hide: (messageId: string) =>
      setTurns((now) =>
        now.slice(
          0,
          now.findIndex((turn) => turn.id === messageId),
        ),
      ),
    restore: setTurns,
  };
}
