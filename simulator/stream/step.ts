export type Frame = Record<string, unknown>;

/** One thing that happens in a stream. */
export type Step = {
  /** What it means, so that a fault can find its place in either dialect. */
  kind: "role" | "block" | "reasoning" | "text" | "tool" | "finish" | "usage" | "done" | "noise";
  /** JSON of an event. */
  frame?: Frame;
  /** Payload of an event, verbatim. */
  data?: string;
  /** Pause before it. */
  waitMs?: number;
  /** Its event lacks the blank line. */
  hasNoBlank?: true;
  /** What happens in place of sending. `hang`: the connection stays open and silent. */
  act?: "reset" | "hang" | "end";
};

/** Steps that a model takes time for. */
export const isPaced = ({ kind }: Step) =>
  kind === "reasoning" || kind === "text" || kind === "tool";

/** Token counts as OpenAI writes them. */
export type Usage = { prompt_tokens: number; completion_tokens: number; total_tokens: number };

/** What a fault needs to know of the dialect and of the call. */
export type FaultContext = {
  /** The real counts; null where the call did not ask for them. */
  usage: Usage | null;
  /** What the client identified itself with. */
  authorization: string;
  slowFirstMs: number;
  toText: (piece: string, isLast?: boolean) => Step;
  toError: (style: "error" | "errors", message: string) => Step;
};
