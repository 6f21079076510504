import { describe, expect, it } from "vitest";
import type { RunReadout } from "@/lib/shared/schemas/chat";
import { ask, type Turn, take, toQuestion, toTurn, upTo } from "./transcript-state";

const message = (id: string, parentId: string | null, role: Turn["role"], siblings = [id]): Turn =>
  toTurn({
    id,
    parentId,
    role,
    siblings,
    text: id,
    reasoning: "",
    toolCalls: [],
    toolResults: [],
    uploads: [],
    pictureUrls: [],
    createdAt: "2026-11-25T00:00:00.000Z",
    run: null,
  });

const TURNS = [
  message("q1", null, "user"),
  message("a1", "q1", "assistant"),
  message("q2", "a1", "user"),
  message("a2", "q2", "assistant"),
];

function newKeys() {
  let count = 0;
  return () => `key${++count}`;
}

const base = { model: "a/b", at: "2026-11-25T00:00:00.000Z" };
const question = toQuestion("new");
const idsOf = (turns: readonly Turn[]) => turns.map(({ id }) => id);

const readout: RunReadout = {
  runId: "run",
  status: "streaming",
  model: "a/b",
  errorCode: null,
  errorText: null,
  startedAt: base.at,
  queuedMs: 0,
  thoughtMs: null,
  firstTokenMs: null,
  totalMs: null,
  inputTokens: null,
  outputTokens: null,
  tokenSource: "none",
  upstreamRequestId: null,
};
const metadata = (parentId: string | null) => ({ conversationId: "c", parentId, readout });

describe("asking", () => {
  it("goes on from the end", () => {
    const { turns } = ask(TURNS, { ...base, parentId: "a2", question, newKey: newKeys() });
    expect(idsOf(turns)).toEqual(["q1", "a1", "q2", "a2", "key2", "key1"]);
    expect(turns.at(-2)?.siblings).toEqual(["key2"]);
  });

  it("an edited question stands in the place of the old one, as its version", () => {
    const { turns } = ask(TURNS, { ...base, parentId: "a1", question, newKey: newKeys() });
    expect(idsOf(turns)).toEqual(["q1", "a1", "key2", "key1"]);
    expect(turns.at(-2)?.siblings).toEqual(["q2", "key2"]);
  });

  it("the first question, edited, stands alone", () => {
    const { turns } = ask(TURNS, { ...base, parentId: null, question, newKey: newKeys() });
    expect(idsOf(turns)).toEqual(["key2", "key1"]);
    expect(turns[0]?.siblings).toEqual(["q1", "key2"]);
  });

  it("an answer anew is a version of the old one", () => {
    const { turns } = ask(TURNS, { ...base, parentId: "q2", question: null, newKey: newKeys() });
    expect(idsOf(turns)).toEqual(["q1", "a1", "q2", "key1"]);
    expect(turns.at(-1)?.siblings).toEqual(["a2", "key1"]);
  });
});

describe("taking what comes", () => {
  const asked = ask(TURNS, { ...base, parentId: "a2", question, newKey: newKeys() });

  it("learns the ids of answer and question and keeps their keys", () => {
    const turns = take(asked.turns, asked.answerKey, [
      { type: "start", messageId: "a3", messageMetadata: metadata("q3") },
      { type: "reasoning-delta", delta: "hm" },
      { type: "text-delta", delta: "one " },
      { type: "text-delta", delta: "two" },
    ]);
    expect(idsOf(turns).slice(-2)).toEqual(["q3", "a3"]);
    expect(turns.slice(-2).map(({ key }) => key)).toEqual(["key2", "key1"]);
    expect(turns.at(-1)).toMatchObject({ text: "one two", reasoning: "hm", parentId: "q3" });
    expect(turns.at(-1)?.siblings).toEqual(["a3"]);
    expect(turns.slice(0, 4)).toEqual(TURNS);
  });

  it("begins anew with each replay, so that nothing stands there twice", () => {
    const start = { type: "start", messageId: "a3", messageMetadata: metadata("q3") } as const;
    const once = take(asked.turns, asked.answerKey, [start, { type: "text-delta", delta: "half" }]);
    const twice = take(once, asked.answerKey, [start, { type: "text-delta", delta: "half and" }]);
    expect(twice.at(-1)?.text).toBe("half and");
    expect(idsOf(twice)).toEqual(idsOf(once));
  });
});

it("what stands before a message it does not know is nothing", () => {
  expect(upTo(TURNS, null)).toEqual([]);
  expect(idsOf(upTo(TURNS, "a1"))).toEqual(["q1", "a1"]);
});
