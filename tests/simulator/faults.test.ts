import { createParser } from "eventsource-parser";
import { describe, expect, it } from "vitest";
import type { STREAM_MODELS } from "@/simulator/models/stream-models";
import type { THINKING_MODELS } from "@/simulator/models/thinking-models";
import type { WIRE_MODELS } from "@/simulator/models/wire-models";
import { replyTo } from "@/simulator/replies";
import { chat, readRaw, startQuick, TOKEN } from "./quick";

const simulator = await startQuick({ slowFirstMs: 250 });
const reply = replyTo("Hello");

type Delta = { content?: string | null; reasoning_content?: string | null; reasoning?: string };
type Frame = {
  choices?: { delta: Delta | null; finish_reason: string | null }[] | null;
  usage?: Record<string, unknown> | null;
  error?: { message: string };
  errors?: { message: string };
};

function parseFrame(data: string): Frame {
  try {
    const frame: Frame | null = JSON.parse(data);
    return Object(frame);
  } catch {
    return {};
  }
}

/** Streams an answer and reads it with a standard parser of events. */
async function streamFrom(model: string) {
  const change = { model, stream: true, stream_options: { include_usage: true } };
  const startedMs = Date.now();
  const response = await chat(simulator, change, { signal: AbortSignal.timeout(1_000) });
  const { text: raw, reads, isBroken } = await readRaw(response);
  const datas: string[] = [];
  createParser({ onEvent: ({ data }) => void datas.push(data) }).feed(raw);
  const frames = datas.map(parseFrame);
  const deltas = frames.flatMap(({ choices }) => choices?.map(({ delta }) => delta) ?? []);
  return {
    raw,
    reads,
    isBroken,
    datas,
    headers: response.headers,
    ms: Date.now() - startedMs,
    text: deltas.map((delta) => delta?.content ?? "").join(""),
    reasoning: deltas.map((delta) => delta?.reasoning_content ?? "").join(""),
    finishes: frames.flatMap(({ choices }) => choices?.flatMap((c) => c.finish_reason ?? []) ?? []),
    usages: frames.flatMap(({ usage }) => (usage && usage.total_tokens !== 0 ? [usage] : [])),
    error: frames.map(({ error, errors }) => (error ?? errors)?.message).find(Boolean),
    doneAt: datas.indexOf("[DONE]"),
  };
}

type Stream = Awaited<ReturnType<typeof streamFrom>>;

const isWhole = ({ text, finishes, doneAt, datas, usages, isBroken }: Stream) =>
  text === reply.text &&
  finishes.join() === "stop" &&
  doneAt === datas.length - 1 &&
  usages.length === 1 &&
  !isBroken;
const isPart = ({ text }: Stream) =>
  text !== "" && text !== reply.text && reply.text.startsWith(text);
const isCut = (stream: Stream) =>
  isPart(stream) && stream.doneAt === -1 && stream.finishes.length === 0;
const lastUsage = ({ usages }: Stream) => usages.at(-1);

const STREAMS: Record<keyof typeof STREAM_MODELS, (stream: Stream) => boolean> = {
  "simulator/no-usage": ({ usages, doneAt }) => usages.length === 0 && doneAt > 0,
  "simulator/no-done": ({ doneAt, finishes }) => doneAt === -1 && finishes.length === 1,
  "simulator/no-finish": ({ doneAt, finishes }) => doneAt > 0 && finishes.length === 0,
  "simulator/error-frame": (s) => isCut(s) && s.error === "Model inference failed",
  "simulator/errors-frame": (s) => isCut(s) && s.error === "Request limit exceeded.",
  "simulator/echo-frame": (s) => isCut(s) && s.error?.includes(`Bearer ${TOKEN}`) === true,
  "simulator/reset": (s) => isCut(s) && s.isBroken && s.ms < 900,
  "simulator/stall": (s) => isCut(s) && s.isBroken && s.ms > 900,
  "simulator/stall-start": ({ raw, isBroken }) => raw === "" && isBroken,
  "simulator/stall-role": ({ raw, datas, isBroken }) =>
    datas.length === 1 && raw.includes('"assistant"') && isBroken,
  "simulator/slow-first": (s) => isWhole(s) && s.ms >= 250,
  "simulator/empty-stream": ({ raw }) => raw === "data: [DONE]\n\n",
  "simulator/endless": ({ text }) => text.length > 10 * reply.text.length,
  "simulator/flood": ({ text, doneAt }) => text.length > 2_000_000 && doneAt === -1,
  "simulator/non-object-frames": (s) => isWhole(s) && s.raw.includes("data: {broken\n"),
  "simulator/choices-null": ({ raw, finishes }) =>
    ['"choices":null', '"choices":[]', '"delta":null', '"content":null'].every((part) =>
      raw.includes(part),
    ) && finishes.length === 1,
  "simulator/after-finish": ({ text, finishes, datas, doneAt }) =>
    text === `${reply.text} AFTER-FINISH AFTER-DONE` &&
    finishes.length === 2 &&
    doneAt === datas.length - 2,
  "simulator/done-first": ({ text, doneAt, datas, finishes }) =>
    text === reply.text && doneAt > 0 && doneAt < datas.length / 2 && finishes.length === 0,
  "simulator/no-final-blank": ({ raw, text, finishes }) =>
    text === reply.text && finishes.length === 0 && /LAST-WORDS.*"stop".*\}\n$/.test(raw),
  "simulator/long-line": ({ raw }) => raw.split("\n").some((line) => line.length > 2_000_000),
  "simulator/usage-cumulative": ({ usages }) =>
    usages.length > 10 &&
    usages.every(
      (usage, at) =>
        Number(usage.completion_tokens) >= Number(usages[at - 1]?.completion_tokens ?? 0),
    ) &&
    Number(usages.at(-1)?.completion_tokens) > Number(usages[0]?.completion_tokens),
  "simulator/usage-first": ({ datas, usages }) =>
    usages.length === 1 &&
    parseFrame(datas[0] ?? "").usage?.total_tokens === usages[0]?.total_tokens,
  "simulator/usage-twice": ({ usages }) =>
    usages.length === 2 && Number(usages[1]?.total_tokens) > Number(usages[0]?.total_tokens),
  "simulator/usage-zero": ({ usages, doneAt }) => usages.length === 0 && doneAt > 0,
  "simulator/usage-negative": ({ datas }) => datas.some((data) => data.includes(":-5,")),
  "simulator/usage-huge": (s) => lastUsage(s)?.prompt_tokens === 1e21,
  "simulator/usage-strings": (s) => typeof lastUsage(s)?.prompt_tokens === "string",
  "simulator/usage-floats": (s) => {
    const count: unknown = lastUsage(s)?.prompt_tokens;
    return typeof count === "number" && count % 1 !== 0;
  },
};

const THINKERS: Record<keyof typeof THINKING_MODELS, (stream: Stream) => boolean> = {
  "simulator/thinking-only": (s) => isWhole(s) && s.reasoning === reply.reasoning,
  "simulator/empty-when-not-streamed": (s) => isWhole(s) && s.reasoning === reply.reasoning,
  "simulator/think-tags": ({ text, raw }) =>
    text === `<think>\n${reply.reasoning}\n</think>\n\n${reply.text}` && !raw.includes("<think>"),
  "simulator/reasoning-field": (s) => isWhole(s) && s.raw.includes('"reasoning":"The '),
  "simulator/all-reasoning": ({ text, reasoning, finishes, raw }) =>
    text === "" &&
    reasoning === reply.reasoning &&
    finishes.join() === "length" &&
    raw.includes('"content":null'),
  "simulator/nameless-tool": ({ raw, finishes }) =>
    raw.includes('"function":{"name":null') && finishes.join() === "tool_calls",
};

const WIRES: Record<keyof typeof WIRE_MODELS, (stream: Stream) => boolean> = {
  "simulator/dashscope": (s) =>
    isWhole(s) && s.raw.includes('"usage":null') && !s.raw.includes("function_calls"),
  "simulator/byte-by-byte": isWhole,
  "simulator/one-packet": (s) => isWhole(s) && s.reads <= 2,
  "simulator/crlf": (s) => isWhole(s) && s.raw.endsWith("data: [DONE]\r\n\r\n"),
  "simulator/cr": (s) => !s.raw.includes("\n") && s.raw.endsWith("data: [DONE]\r\r"),
  "simulator/no-blank": (s) => isWhole(s) && s.raw.startsWith("data:{"),
  "simulator/bom": (s) => isWhole(s) && s.raw.startsWith("\uFEFFdata"),
  "simulator/comments": (s) =>
    isWhole(s) && s.raw.startsWith(": keep-alive\n:\nid: 7\nretry: 3000\nevent: message\ndata: {"),
  "simulator/multi-line": (s) => isWhole(s) && s.raw.startsWith("data: {\ndata: "),
  "simulator/no-event-lines": isWhole,
  "simulator/gzip": (s) =>
    isWhole(s) && s.reads > 10 && s.headers.get("content-encoding") === "gzip",
  "simulator/brotli": (s) =>
    isWhole(s) && s.reads > 10 && s.headers.get("content-encoding") === "br",
  "simulator/gzip-wrong": ({ raw, isBroken }) => raw === "" && isBroken,
  "simulator/gzip-bomb": ({ raw }) => raw.length > 4_000_000,
  "simulator/short-length": ({ text, isBroken }) => text === reply.text && isBroken,
};

const tables = {
  "what a stream says": STREAMS,
  "how a model thinks": THINKERS,
  "how it is written": WIRES,
};
for (const [about, table] of Object.entries(tables)) {
  describe(about, () => {
    for (const [model, isRight] of Object.entries(table)) {
      it(model, async () => {
        const stream = await streamFrom(model);
        expect(
          isRight(stream),
          JSON.stringify({ ...stream, raw: stream.raw.slice(-300), datas: [] }),
        ).toBe(true);
      });
    }
  });
}

describe("a healthy stream", () => {
  it("is whole, and nothing of this table is true of it", async () => {
    const stream = await streamFrom("Qwen/Qwen3-Coder-30B-A3B-Instruct");
    expect(isWhole(stream)).toBe(true);
    const alike = Object.entries({ ...STREAMS, ...THINKERS, ...WIRES }).filter(([, isRight]) =>
      isRight(stream),
    );
    // What these do is invisible once the text is read, or exists on the Anthropic endpoint only.
    expect(alike.map(([model]) => model)).toEqual([
      "simulator/byte-by-byte",
      "simulator/no-event-lines",
    ]);
  });
});
