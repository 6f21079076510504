import type { Step } from "./step.ts";

/** How the events of a stream are written. */
export type Wire = {
  lineEnd?: "\r\n" | "\r";
  /** `data:` without the blank behind it. */
  hasNoBlank?: true;
  hasBom?: true;
  /** Comment lines, and the fields `event`, `id` and `retry`, before every event. */
  hasComments?: true;
  /** The JSON of an event is spread over several `data` lines. */
  isMultiLine?: true;
  /** Anthropic's `event` lines are missing, as DashScope's endpoint was seen to do. */
  hasNoEventLines?: true;
  cut?: "bytes" | "one-packet";
  encoding?: "gzip" | "br";
  /** The header names the encoding, the bytes are plain. */
  isNotEncoded?: true;
  isBomb?: true;
  /** `Content-Length` promises more than comes. */
  isTooShort?: true;
};

export const BOM = "\uFEFF";

function linesOf({ data, frame }: Step, { isMultiLine }: Wire): string[] {
  if (data !== undefined) return [data];
  return JSON.stringify(frame, null, isMultiLine ? 1 : undefined).split("\n");
}

/** The text of one event. `hasEventLines`: the dialect names the type of each event. */
export function encodeStep(step: Step, wire: Wire, hasEventLines: boolean): string {
  const lineEnd = wire.lineEnd ?? "\n";
  const type = step.frame?.type;
  const prefix = `data:${wire.hasNoBlank ? "" : " "}`;
  const lines = [
    ...(wire.hasComments ? [": keep-alive", ":", "id: 7", "retry: 3000"] : []),
    ...(wire.hasComments && !hasEventLines ? ["event: message"] : []),
    ...(hasEventLines && typeof type === "string" ? [`event: ${type}`] : []),
    ...linesOf(step, wire).map((line) => prefix + line),
  ];
  return lines.map((line) => line + lineEnd).join("") + (step.hasNoBlank ? "" : lineEnd);
}
