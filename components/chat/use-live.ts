"use client";

import { useRef, useState } from "react";
import { sendApi } from "@/lib/client/api";
import type { RunPart } from "@/lib/client/run-stream";
import { type RunStart, useRunReader } from "./use-run-reader";

/** What is known of an answer that is awaited. */
export type Live = {
  key: string;
  runId: string | null;
  /** Calls of the same token before it. */
  place: number;
  /** When ModelScope, which is busy, is asked again. */
  retryAt: number | null;
  /** Our server is out of reach just now; it is tried again. */
  isLost: boolean;
};

function toLive(live: Live, parts: readonly RunPart[]): Live {
  const status = parts.findLast((part) => part.type === "data-status")?.data;
  if (!status) return live;
  const { place = 0, retryInMs } = status;
  return { ...live, place, retryAt: retryInMs === undefined ? null : Date.now() + retryInMs };
}

const sendStop = (runId: string) =>
  void sendApi(`/api/runs/${runId}/stop`, { method: "POST" }).catch(() => undefined);

type LiveOptions = {
  onParts: (key: string, parts: RunPart[]) => void;
  onStart: (start: RunStart) => void;
  onEnd: () => void;
};

/** The answer that is awaited, if one is: asked for here, or found running. */
export function useLive({ onParts, onStart, onEnd }: LiveOptions) {
  const [live, setLive] = useState<Live | null>(null);
  const [isUnsaved, setIsUnsaved] = useState(false);
  const key = useRef<string | null>(null);
  const wantsStop = useRef(false);
  const reader = useRunReader({
    onParts: (parts) => {
      if (!key.current) return;
      onParts(key.current, parts);
      setLive((now) => now && toLive(now, parts));
      if (parts.some(({ type }) => type === "data-unsaved")) setIsUnsaved(true);
    },
    onReach: (isLost) =>
      setLive((now) => now && (now.isLost === isLost ? now : { ...now, isLost })),
  });

  /** Reads an answer until its end. Throws what `read` throws. */
  const during = async (answerKey: string, runId: string | null, read: () => Promise<void>) => {
    key.current = answerKey;
    wantsStop.current = false;
    setLive({ key: answerKey, runId, place: 0, retryAt: null, isLost: false });
    setIsUnsaved(false);
    try {
      await read();
    } finally {
      if (key.current === answerKey) {
        key.current = null;
        setLive(null);
        onEnd();
      }
    }
  };

  return {
    live,
    isUnsaved,
    isOn: () => key.current !== null,
    ask: (answerKey: string, body: object) =>
      during(answerKey, null, () =>
        reader.ask(body, (start) => {
          setLive((now) => now && { ...now, runId: start.runId });
          if (wantsStop.current) sendStop(start.runId);
          onStart(start);
        }),
      ),
    watch: (answerKey: string, runId: string) =>
      during(answerKey, runId, () => reader.watch(runId)),
    /** Also before the server has said anything; a question that cannot be sent is taken back. */
    stop: () => {
      wantsStop.current = true;
      if (live?.runId) sendStop(live.runId);
      else if (live?.isLost) reader.cancel();
    },
  };
}
