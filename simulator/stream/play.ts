import type { ServerResponse } from "node:http";
import { type Exchange, pause, reset } from "../http.ts";
import { openSink, type Sink, sendBomb } from "./sink.ts";
import { isPaced, type Step } from "./step.ts";
import { encodeStep, type Wire } from "./wire.ts";

/** Plays the steps of a stream at the pace of the options, until they or the client end. */
export async function play(
  { response, state }: Exchange,
  steps: Iterable<Step>,
  { hasEventLines, ...wire }: Wire & { hasEventLines: boolean },
): Promise<void> {
  const sink = openSink(response, wire);
  if (wire.isBomb) return sendBomb(response);
  await pause(state.options.firstChunkDelayMs);
  for (const step of steps) {
    if (step.waitMs) await pause(step.waitMs);
    if (response.destroyed) return;
    if (step.act) return act(step.act, response, sink);
    await sink.write(encodeStep(step, wire, hasEventLines));
    if (isPaced(step) && wire.cut !== "one-packet") await pause(state.options.chunkDelayMs);
  }
  sink.end();
}

function act(what: "reset" | "hang" | "end", response: ServerResponse, sink: Sink): void {
  if (what === "reset") reset(response);
  if (what === "end") sink.end();
  // A hanging stream stays open and silent.
}
