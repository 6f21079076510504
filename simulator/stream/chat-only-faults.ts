import type { FaultContext, Step, Usage } from "./step.ts";

type Fault = (steps: readonly Step[], context: FaultContext) => Iterable<Step>;

const LONG_LINE_LETTERS = 2_000_000;
const ZERO: Usage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

const withUsage = (step: Step, usage: unknown): Step => ({
  ...step,
  frame: { ...step.frame, usage },
});

/** Other counts in the frame that should have the real ones. */
const changeUsage =
  (change: (usage: Usage) => unknown): Fault =>
  (steps, { usage }) =>
    steps.map((step) => (step.kind === "usage" && usage ? withUsage(step, change(usage)) : step));

/** Every frame counts what was said so far; the finishing one has the total, and no other follows. */
const countAlong: Fault = (steps, { usage }) => {
  if (!usage) return steps;
  const framed = steps.filter(({ kind }) => kind !== "usage");
  const last = framed.findIndex(({ kind }) => kind === "finish");
  return framed.map((step, index) => {
    if (!step.frame) return step;
    const completion = Math.ceil((usage.completion_tokens * Math.min(index, last)) / last);
    return withUsage(step, {
      prompt_tokens: usage.prompt_tokens,
      completion_tokens: completion,
      total_tokens: usage.prompt_tokens + completion,
    });
  });
};

const countFirst: Fault = (steps, { usage }) =>
  steps
    .filter(({ kind }) => kind !== "usage")
    .map((step) => (step.kind === "role" && usage ? withUsage(step, usage) : step));

/** Half of the counts, then all of them. */
const countTwice: Fault = (steps, { usage }) =>
  steps.flatMap((step) => {
    if (step.kind !== "usage" || !usage) return [step];
    const completion = Math.floor(usage.completion_tokens / 2);
    const half = { ...usage, completion_tokens: completion };
    half.total_tokens = half.prompt_tokens + completion;
    return [withUsage(step, half), step];
  });

const change = (choices: unknown) => ({ choices });
const HOLLOW = [
  change(null),
  change([]),
  { choices: undefined },
  change([{ index: 0, delta: null, finish_reason: null }]),
  change([{ index: 0, delta: { content: null }, finish_reason: null }]),
  change([{ index: 0, delta: { role: "assistant" }, finish_reason: null }]),
];
const addHollow: Fault = (steps) =>
  steps.flatMap((step, index): Step[] =>
    step.kind === "text"
      ? [step, { kind: "noise", frame: { ...step.frame, ...HOLLOW[index % HOLLOW.length] } }]
      : [step],
  );

/** The last event carries the last words and the finish reason, and lacks its blank line. */
const endOpen: Fault = (steps, { toText }) => {
  const said = steps.filter(({ kind }) => kind !== "finish" && kind !== "usage" && kind !== "done");
  return [...said, { ...toText(" LAST-WORDS", true), hasNoBlank: true }];
};

const sayLong: Fault = (steps, { toText }) =>
  steps.flatMap((step) =>
    step.kind === "finish" ? [toText("x".repeat(LONG_LINE_LETTERS)), step] : [step],
  );

/** Faults of frames that only the chat endpoint has. */
export const CHAT_ONLY_FAULTS = {
  "choices-null": addHollow,
  "no-final-blank": endOpen,
  "long-line": sayLong,
  "usage-cumulative": countAlong,
  "usage-first": countFirst,
  "usage-twice": countTwice,
  "usage-zero": changeUsage(() => ZERO),
  "usage-negative": changeUsage(() => ({
    prompt_tokens: -5,
    completion_tokens: 5,
    total_tokens: 0,
  })),
  "usage-huge": changeUsage(() => ({
    prompt_tokens: 1e21,
    completion_tokens: 1e21,
    total_tokens: 2e21,
  })),
  "usage-strings": changeUsage((usage) => ({
    prompt_tokens: String(usage.prompt_tokens),
    completion_tokens: String(usage.completion_tokens),
    total_tokens: String(usage.total_tokens),
  })),
  "usage-floats": changeUsage((usage) => ({
    prompt_tokens: usage.prompt_tokens + 0.5,
    completion_tokens: usage.completion_tokens + 0.25,
    total_tokens: usage.total_tokens + 0.75,
  })),
} as const satisfies Record<string, Fault>;
