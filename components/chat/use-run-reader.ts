"use client";

import { useCallback, useEffect, useRef } from "react";
import { ApiError, openApi } from "@/lib/client/api";
import { type RunPart, readRunStream } from "@/lib/client/run-stream";

/** How often what came is shown: a picture more would not be seen. */
const PAINT_EVERY_MS = 50;
/** Between two tries to reach a server that cannot be reached; the last goes on for ever. */
const RECONNECT_MS = [500, 1_000, 2_000, 5_000] as const;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Neighbouring pieces of the same part as one. */
function merge(parts: readonly RunPart[]): RunPart[] {
  const merged: RunPart[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    const isText = part.type === "text-delta" || part.type === "reasoning-delta";
    if (isText && last?.type === part.type) {
      merged[merged.length - 1] = { ...part, delta: last.delta + part.delta };
    } else merged.push(part);
  }
  return merged;
}

/** Collects parts and hands them on every 50 ms, by a timer: a hidden tab paints nothing, but goes on. */
class Painter {
  readonly #paint: (parts: RunPart[]) => void;
  #parts: RunPart[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(paint: (parts: RunPart[]) => void) {
    this.#paint = paint;
  }

  take(parts: readonly RunPart[]): void {
    this.#parts.push(...parts);
    this.#timer ??= setTimeout(() => this.flush(), PAINT_EVERY_MS);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const parts = merge(this.#parts);
    this.#parts = [];
    if (parts.length > 0) this.#paint(parts);
  }
}

/** Tries again where nobody answered: the same request, so that nothing is done twice. */
async function open(request: () => Promise<Response>, signal: AbortSignal): Promise<Response> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await request();
    } catch (error) {
      const isOffline = error instanceof ApiError && error.code === "offline";
      const waitMs = RECONNECT_MS[attempt];
      if (!isOffline || signal.aborted || waitMs === undefined) throw error;
      await pause(waitMs);
    }
  }
}

/** Follows a run until its end, through any number of lost connections. */
async function follow(runId: string, painter: Painter, signal: AbortSignal): Promise<void> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    const request = () => openApi(`/api/runs/${runId}/stream`, { signal });
    const response = await open(request, signal);
    if (await readRunStream(response, (parts) => painter.take(parts))) return;
    await pause(RECONNECT_MS[Math.min(attempt, RECONNECT_MS.length - 1)] ?? 0);
  }
}

export type RunStart = { runId: string; conversationId: string };

/**
 * Reads one answer at a time, asked for here or elsewhere, and paints it piece by piece; what a lost
 * connection cut off is followed again. Leaving the page ends the reading, not the run.
 */
export function useRunReader(onParts: (parts: RunPart[]) => void) {
  const paint = useRef(onParts);
  paint.current = onParts;
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const begin = useCallback(() => {
    abort.current?.abort();
    const controller = new AbortController();
    abort.current = controller;
    return {
      signal: controller.signal,
      painter: new Painter((parts) => {
        if (!controller.signal.aborted) paint.current(parts);
      }),
    };
  }, []);

  /** Asks, and reads to the end. Throws `ApiError` where the question was refused. */
  const ask = useCallback(
    async (body: object, onStart: (start: RunStart) => void): Promise<void> => {
      const { signal, painter } = begin();
      const request = () => openApi("/api/chat", { method: "POST", body, signal });
      const response = await open(request, signal);
      const runId = response.headers.get("x-run-id") ?? "";
      onStart({ runId, conversationId: response.headers.get("x-conversation-id") ?? "" });
      const hasEnded = await readRunStream(response, (parts) => painter.take(parts));
      if (!hasEnded && !signal.aborted) await follow(runId, painter, signal);
      painter.flush();
    },
    [begin],
  );

  /** Reads an answer that was asked for before, or elsewhere. */
  const watch = useCallback(
    async (runId: string): Promise<void> => {
      const { signal, painter } = begin();
      await follow(runId, painter, signal);
      painter.flush();
    },
    [begin],
  );

  return { ask, watch };
}
