"use client";

import { useChat } from "@ai-sdk/react";
import { DefaultChatTransport } from "ai";
import { useRouter } from "next/navigation";
import { useMemo, useRef, useState } from "react";
import { ApiError, sendApi, toApiError } from "@/lib/client/api";
import type { ChatSettings } from "@/lib/shared/schemas/chat";
import { announceCall } from "../layout/use-credits";
import { type ChatUIMessage, isRunning, readoutOf } from "./chat-message";
import { announceConversationsChange } from "./use-conversations";

const PAINT_EVERY_MS = 50;

type Sent = { text: string; idempotencyKey: string };

type ConversationOptions = {
  conversationId: string | null;
  messages: ChatUIMessage[];
  /** A run that goes on while the page is opened: it is followed. */
  activeRunId: string | null;
  model: string;
  settings: ChatSettings;
};

/** One conversation: its messages, sending, following, stopping. The server owns the runs. */
export function useConversation(options: ConversationOptions) {
  // What the transport reads at the moment of sending, not of rendering.
  const latest = useRef({ ...options, sent: null as Sent | null });
  latest.current = { ...latest.current, model: options.model, settings: options.settings };
  const [fault, setFault] = useState<{ error: ApiError; text: string } | null>(null);
  const router = useRouter();
  const [hasFinished, setHasFinished] = useState(false);
  const [retryAt, setRetryAt] = useState<number | null>(null);
  const [sessionId] = useState(() => options.conversationId ?? crypto.randomUUID());

  const transport = useMemo(
    () =>
      new DefaultChatTransport<ChatUIMessage>({
        api: "/api/chat",
        prepareSendMessagesRequest: () => {
          const { conversationId, model, settings, sent } = latest.current;
          return {
            body: {
              ...(conversationId && { conversationId }),
              message: { text: sent?.text ?? "" },
              model,
              settings,
              idempotencyKey: sent?.idempotencyKey ?? crypto.randomUUID(),
            },
          };
        },
        prepareReconnectToStreamRequest: () => ({
          api: `/api/runs/${latest.current.activeRunId}/stream`,
        }),
      }),
    [],
  );

  const chat = useChat<ChatUIMessage>({
    id: sessionId,
    messages: options.messages,
    transport,
    resume: options.activeRunId !== null,
    throttle: PAINT_EVERY_MS,
    onData: (part) => {
      if (part.type !== "data-status") return;
      const { retryInMs } = part.data;
      setRetryAt(retryInMs === undefined ? null : Date.now() + retryInMs);
    },
    onFinish: () => {
      setHasFinished(true);
      announceCall();
      announceConversationsChange();
    },
    onError: (error) => {
      const text = latest.current.sent?.text ?? "";
      // Nothing was stored: the question goes back into the composer.
      chat.setMessages((messages) =>
        messages.slice(
          0,
          messages.findLastIndex((m) => m.role === "user"),
        ),
      );
      // Our own answers are JSON; anything else is the browser saying that nobody answered.
      const isAnswer = error.message.startsWith("{");
      setFault({ error: isAnswer ? toApiError(error.message) : new ApiError("offline", ""), text });
    },
  });

  const answer = chat.messages.at(-1);
  const readout = answer?.role === "assistant" ? readoutOf(answer) : null;
  const newId = answer?.metadata?.conversationId;
  if (newId && latest.current.conversationId === null) {
    latest.current.conversationId = newId;
    // Outside of rendering: the conversation's own page takes over and follows the same run.
    queueMicrotask(() => {
      router.replace(`/chat/${newId}`);
      announceConversationsChange();
    });
  }

  return {
    messages: chat.messages,
    isBusy: chat.status === "submitted" || chat.status === "streaming",
    fault,
    retryAt,
    send: (text: string) => {
      setFault(null);
      setRetryAt(null);
      latest.current.sent = { text, idempotencyKey: crypto.randomUUID() };
      void chat.sendMessage({ text, metadata: { createdAt: new Date().toISOString() } });
    },
    stop: () => {
      const runId = readout && isRunning(readout) ? readout.runId : null;
      if (runId)
        void sendApi(`/api/runs/${runId}/stop`, { method: "POST" }).catch(() => chat.stop());
    },
    /** An answer was completed while the page was open: for the screen reader. */
    hasAnswered: hasFinished && readout?.status === "complete",
  };
}
