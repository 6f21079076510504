import { CHAT_ONLY_FAULTS } from "./chat-only-faults.ts";
import type { FaultContext, Step } from "./step.ts";

/** Makes of the steps of a healthy stream those of a broken one. */
type Fault = (steps: readonly Step[], context: FaultContext) => Iterable<Step>;

const without =
  (kind: Step["kind"]): Fault =>
  (steps) =>
    steps.filter((step) => step.kind !== kind);

/** Index of the step that begins the second third of what is said. */
function thirdOf(steps: readonly Step[]): number {
  const said = steps.flatMap(({ kind }, index) =>
    kind === "text" || kind === "tool" ? [index] : [],
  );
  return said[Math.floor(said.length / 3)] ?? steps.findIndex(({ kind }) => kind === "finish");
}

const END: Step = { kind: "noise", act: "end" };
const HANG: Step = { kind: "noise", act: "hang" };

/** Breaks off after a third. */
const breakWith =
  (toEnding: (context: FaultContext) => Step[]): Fault =>
  (steps, context) => [...steps.slice(0, thirdOf(steps)), ...toEnding(context)];

const sayAgain: Fault = function* (steps) {
  yield* steps.filter(({ kind }) => kind === "role" || kind === "block" || kind === "reasoning");
  const said = steps.filter(({ kind }) => kind === "text" || kind === "tool");
  while (said.length > 0) yield* said;
};

const FLOOD_LETTERS = 2 ** 16;

/** Large frames without end or pause, for a reader that is slower. */
const flood: Fault = function* (steps, { toText }) {
  yield* steps.filter(({ kind }) => kind === "role" || kind === "block");
  const step: Step = { ...toText("x".repeat(FLOOD_LETTERS)), kind: "noise" };
  for (;;) yield step;
};

const JUNK = ["1", "null", '"x"', "{broken", "[]", "true"];
const addJunk: Fault = (steps) =>
  steps.flatMap((step, index): Step[] => [
    step,
    ...(step.kind === "text" ? [{ kind: "noise", data: JUNK[index % JUNK.length] } as const] : []),
  ]);

/** Words after the finish reason, a second finish reason, words after the end. */
const goOn: Fault = (steps, { toText }) => {
  const finish = steps.filter(({ kind }) => kind === "finish");
  return [
    ...steps.flatMap((step) =>
      step.kind === "finish" ? [step, toText(" AFTER-FINISH"), ...finish] : [step],
    ),
    toText(" AFTER-DONE"),
  ];
};

const doneFirst: Fault = (steps) => {
  const third = thirdOf(steps);
  const rest = steps.slice(third).filter(({ kind }) => kind === "text" || kind === "tool");
  const done = steps.filter(({ kind }) => kind === "done");
  return [...steps.slice(0, third), ...done, ...rest];
};

const addWait: Fault = ([first, ...rest], { slowFirstMs }) =>
  first ? [{ ...first, waitMs: slowFirstMs }, ...rest] : [];

const FAULTS = {
  "no-usage": without("usage"),
  "no-done": without("done"),
  "no-finish": without("finish"),
  "empty-stream": (steps) => steps.filter(({ kind }) => kind === "done"),
  "error-frame": breakWith(({ toError }) => [toError("error", "Model inference failed"), END]),
  "errors-frame": breakWith(({ toError }) => [toError("errors", "Request limit exceeded."), END]),
  "echo-frame": breakWith(({ toError, authorization }) => [
    toError("error", `Invalid credentials: ${authorization}`),
    END,
  ]),
  reset: breakWith(() => [{ kind: "noise", act: "reset" }]),
  stall: breakWith(() => [HANG]),
  "stall-start": () => [HANG],
  "stall-role": (steps) => [...steps.slice(0, 1), HANG],
  "slow-first": addWait,
  endless: sayAgain,
  flood,
  "non-object-frames": addJunk,
  "after-finish": goOn,
  "done-first": doneFirst,
  ...CHAT_ONLY_FAULTS,
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;

/** The steps with a model's fault; `isChat` is false in the dialect that some faults do not exist in. */
export function applyFault(
  name: FaultName | undefined,
  steps: readonly Step[],
  { isChat, ...context }: FaultContext & { isChat: boolean },
): Iterable<Step> {
  if (!name || (!isChat && Object.hasOwn(CHAT_ONLY_FAULTS, name))) return steps;
  const fault: Fault = FAULTS[name];
  return fault(steps, context);
}
