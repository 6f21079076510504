import { expect, it } from "vitest";
import { AppError } from "@/lib/shared/errors";
import { decideEnding, isChargedEnding } from "./ending";

const stopped = new AppError("stopped");
const timeout = new AppError("timeout");
const restarting = new AppError("restarting");
const refused = new AppError("rate_limited");
const broken = new Error("socket hang up");

const cases: [
  string,
  { text?: string; finish?: string; reason?: unknown; answered: boolean },
  [string, string | null, boolean],
][] = [
  [
    "content and finish reason",
    { text: "a", finish: "stop", answered: true },
    ["complete", null, true],
  ],
  [
    "content, no finish reason",
    { text: "a", answered: true },
    ["interrupted", "interrupted", true],
  ],
  [
    "a finish reason without content",
    { finish: "stop", answered: true },
    ["failed", "empty_answer", false],
  ],
  ["nothing at all", { answered: true }, ["failed", "empty_answer", false]],
  [
    "stopped in the middle",
    { text: "a", reason: stopped, answered: true },
    ["stopped", null, true],
  ],
  ["stopped before the headers", { reason: stopped, answered: false }, ["stopped", null, true]],
  [
    "stalled in the middle",
    { text: "a", reason: timeout, answered: true },
    ["interrupted", "timeout", true],
  ],
  [
    "stalled after the headers",
    { reason: timeout, answered: true },
    ["interrupted", "timeout", true],
  ],
  ["no headers in time", { reason: timeout, answered: false }, ["failed", "timeout", false]],
  [
    "cut by a restart",
    { text: "a", reason: restarting, answered: true },
    ["interrupted", "restarting", true],
  ],
  [
    "cut by a restart before the headers",
    { reason: restarting, answered: false },
    ["interrupted", "restarting", true],
  ],
  ["refused", { reason: refused, answered: false }, ["failed", "rate_limited", false]],
  [
    "an error frame after content",
    { text: "a", reason: refused, answered: true },
    ["interrupted", "rate_limited", true],
  ],
  ["an error frame first", { reason: refused, answered: true }, ["failed", "rate_limited", false]],
  [
    "broken after the finish reason",
    { text: "a", finish: "stop", reason: broken, answered: true },
    ["complete", null, true],
  ],
  ["broken before content", { reason: broken, answered: true }, ["failed", "upstream_down", false]],
];

for (const [
  name,
  { text = "", finish = null, reason = null, answered },
  [status, code, isCall],
] of cases) {
  it(`${name} → ${status}`, () => {
    const ending = decideEnding(
      { text, reasoning: "", toolCalls: [], finishReason: finish },
      reason,
      answered,
    );
    expect(ending).toEqual({ status, errorCode: code });
    expect(isChargedEnding(ending.status)).toBe(isCall);
  });
}
