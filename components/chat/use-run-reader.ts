"use client";

import { useCallback, useEffect, useRef } from "react";
import { asApiError, isUnreachable, openApi } from "@/lib/client/api";
import { type RunPart, readRunStream } from "@/lib/client/run-stream";

/** How often what came is shown: a picture more would not be seen. */
const PAINT_EVERY_MS = 50;
/** Between two tries to reach a server that cannot be reached; the last goes on for ever. */
const RECONNECT_MS = [500, 1_000, 2_000, 5_000] as const;

/** What ends the following of a run: it is gone, or is not this user's any more. */
const LASTING_CODES: readonly string[] = ["not_found", "unauthenticated", "forbidden"];

/** Until the next try: at once where the browser finds its network again, or the reading ends. */
const pause = (attempt: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const ms = RECONNECT_MS[Math.min(attempt, RECONNECT_MS.length - 1)];
    const timer = setTimeout(done, ms);
    window.addEventListener("online", done);
    signal.addEventListener("abort", done);
  });

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

type Reading = {
  signal: AbortSignal;
  painter: Painter;
  /** Whether the server is out of reach just now. */
  onReach: (isLost: boolean) => void;
};

/** Asks until somebody answers: always the same request, so that nothing is done twice. */
async function reach(
  request: () => Promise<Response>,
  isPassing: (error: unknown) => boolean,
  { signal, onReach }: Reading,
): Promise<Response> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const response = await request();
      onReach(false);
      return response;
    } catch (error) {
      if (signal.aborted || !isPassing(error)) throw error;
      onReach(true);
      await pause(attempt, signal);
    }
  }
}

/** Follows a run until its end, through any number of lost connections. */
async function follow(runId: string, reading: Reading): Promise<void> {
  const { signal, painter } = reading;
  const request = () => openApi(`/api/runs/${runId}/stream`, { signal });
  const isPassing = (error: unknown) => !LASTING_CODES.includes(asApiError(error).code);
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    const response = await reach(request, isPassing, reading);
    if (await readRunStream(response, (parts) => painter.take(parts))) return;
    await pause(attempt, signal);
  }
}

export type RunStart = { runId: string; conversationId: string };

type ReaderOptions = {
  onParts: (parts: RunPart[]) => void;
  onReach: (isLost: boolean) => void;
};

/**
 * Reads one answer at a time, asked for here or elsewhere, and paints it piece by piece; what a lost
 * connection cut off is followed again. Leaving the page ends the reading, not the run.
 */
export function useRunReader(options: ReaderOptions) {
  const latest = useRef(options);
  latest.current = options;
  const abort = useRef<AbortController | null>(null);
  const cancel = useCallback(() => abort.current?.abort(), []);
  useEffect(() => cancel, [cancel]);

  const during = useCallback(
    async (read: (reading: Reading) => Promise<void>): Promise<void> => {
      cancel();
      const controller = new AbortController();
      const { signal } = controller;
      abort.current = controller;
      const painter = new Painter((parts) => {
        if (!signal.aborted) latest.current.onParts(parts);
      });
      try {
        await read({ signal, painter, onReach: (isLost) => latest.current.onReach(isLost) });
      } finally {
        painter.flush();
      }
    },
    [cancel],
  );

  /** Asks, and reads to the end. Throws `ApiError` where the question was refused, or cancelled. */
  const ask = useCallback(
    (body: object, onStart: (start: RunStart) => void): Promise<void> =>
      during(async (reading) => {
        const { signal, painter } = reading;
        const request = () => openApi("/api/chat", { method: "POST", body, signal });
        const response = await reach(request, isUnreachable, reading);
        const runId = response.headers.get("x-run-id") ?? "";
        onStart({ runId, conversationId: response.headers.get("x-conversation-id") ?? "" });
        const hasEnded = await readRunStream(response, (parts) => painter.take(parts));
        if (!hasEnded && !signal.aborted) await follow(runId, reading);
      }),
    [during],
  );

  /** Reads an answer that was asked for before, or elsewhere. Throws where it cannot be read any more. */
  const watch = useCallback(
    (runId: string): Promise<void> => during((reading) => follow(runId, reading)),
    [during],
  );

  return { ask, watch, cancel };
}
