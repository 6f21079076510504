import "server-only";
import { AppError } from "@/lib/shared/errors";
import type { ToolCall } from "@/lib/shared/schemas/chat";
import { now } from "../clock";
import { getSettings } from "../env";
import type { AnswerBatch } from "../modelscope/answer-delta";
import { cutCalls, type LiveRun, lengthOfCalls, toReadout } from "./live-run";
import { send } from "./readers";
import { createTextJoiner } from "./text";
import { toDelta, toProgress, toToolCalls } from "./ui-stream";
import type { Watchdog } from "./watchdog";

/** Takes batch after batch into the run and to its readers. Throws the reason of an abort. */
export function createIntake(
  run: LiveRun,
  { onText, watchdog }: { onText: () => void; watchdog: Watchdog },
): (batch: AnswerBatch) => void {
  const joinText = createTextJoiner();
  const joinReasoning = createTextJoiner();
  const { signal } = run.abort;
  return (batch) => {
    if (batch.usage) run.usage = batch.usage;
    const added = { text: joinText(batch.text), reasoning: joinReasoning(batch.reasoning) };
    const hasNews = take(run, added, batch.toolCalls);
    if (batch.finishReason) run.finishReason = batch.finishReason; // not where it was too long
    if (hasNews) onText();
    if (run.finishReason) watchdog.onFinish();
    else if (hasNews) watchdog.onContent();
    signal.throwIfAborted();
  };
}

type Added = { text: string; reasoning: string };

/** Adds what came to the run and sends it to its readers; false where nothing came. */
function take(run: LiveRun, added: Added, toolCalls: readonly ToolCall[] | null): boolean {
  const hasText = added.text !== "" || added.reasoning !== "";
  if (!hasText && !toolCalls) return false;
  begin(run);
  if (hasText) grow(run, added);
  if (toolCalls) takeToolCalls(run, toolCalls);
  return true;
}

/** The first piece of an answer came. */
function begin(run: LiveRun): void {
  if (run.firstTokenAt) return;
  run.status = "streaming";
  run.firstTokenAt = now();
  send(run, toProgress(run, toReadout(run)));
}

/** Throws `upstream_down` past the text cap, with the beginning of each call kept. */
function takeToolCalls(run: LiveRun, toolCalls: readonly ToolCall[]): void {
  const { MAX_TEXT_BYTES } = getSettings();
  const isTooLong = lengthOfCalls(toolCalls) > MAX_TEXT_BYTES;
  run.toolCalls = isTooLong ? cutCalls(toolCalls, MAX_TEXT_BYTES) : toolCalls;
  send(run, toToolCalls(run.toolCalls));
  if (isTooLong) throw new AppError("upstream_down");
}

/** Throws `upstream_down` past the text cap. */
function grow(run: LiveRun, added: Added): void {
  if (added.text !== "") run.textAt ??= now();
  const bytes = toDelta(added, run);
  run.text += added.text;
  run.reasoning += added.reasoning;
  send(run, bytes);
  if (run.text.length + run.reasoning.length > getSettings().MAX_TEXT_BYTES) {
    throw new AppError("upstream_down");
  }
}
