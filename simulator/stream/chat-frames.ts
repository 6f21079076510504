import { randomUUID } from "node:crypto";
import type { Answer, Ask } from "../answers/ask.ts";
import type { SimulatorState } from "../state.ts";
import type { Frame, Usage } from "./step.ts";

/** What of a choice one frame carries; what is absent is said as the profile says "nothing". */
type Said = {
  role?: "assistant";
  content?: string | null;
  reasoning?: string;
  toolCalls?: object[];
  finish?: string;
};

/** Frames of one answer in the manner of one backend. */
export type ChatFrames = {
  say: (said: Said) => Frame;
  usage: (usage: Usage) => Frame;
};

/** Placeholder that every delta frame of the real gateway carries (measured 2026-10-06). */
const NO_USAGE: Usage = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

const newId = () => `chatcmpl-${randomUUID()}`;

/** `created`: milliseconds were captured from the gateway, other backends give seconds. */
function createdNow({ clock, options }: SimulatorState, unit = options.createdUnit): number {
  return unit === "ms" ? clock.nowMs() : Math.floor(clock.nowMs() / 1_000);
}

/** ModelScope's own gateway. The nulls and zeros were measured, the order of fields is inferred. */
function createNativeFrames({ model, row }: Ask, state: SimulatorState): ChatFrames {
  const object = "chat.completion.chunk";
  const head = { id: newId(), object, created: createdNow(state), model };
  const opening = { system_fingerprint: "", service_tier: null };
  return {
    say: ({ role, content = "", reasoning = "", toolCalls, finish }) => ({
      ...head,
      ...(role && opening),
      choices: [
        {
          index: 0,
          delta: {
            role: role ?? null,
            content,
            ...(row.reasoningIn === "reasoning" ? { reasoning } : { reasoning_content: reasoning }),
            tool_calls: toolCalls ?? null,
            function_calls: null,
          },
          finish_reason: finish ?? null,
          logprobs: null,
        },
      ],
      usage: NO_USAGE,
    }),
    usage: (usage) => ({ ...head, choices: [], usage }),
  };
}

/** DashScope's frames (its own documentation); that ModelScope forwards them unchanged is inferred. */
function createDashScopeFrames({ model }: Ask, answer: Answer, state: SimulatorState): ChatFrames {
  const object = "chat.completion.chunk";
  const head = {
    object,
    created: createdNow(state, "s"),
    system_fingerprint: null,
    model,
    id: newId(),
  };
  const details = { completion_tokens_details: { reasoning_tokens: answer.tokens.reasoning } };
  return {
    say: ({ role, content, reasoning, toolCalls, finish }) => ({
      choices: [
        {
          delta: {
            content: content ?? (reasoning ? null : ""),
            ...(role && { role }),
            reasoning_content: reasoning ?? null,
            ...(toolCalls && { tool_calls: toolCalls }),
          },
          index: 0,
          logprobs: null,
          finish_reason: finish ?? null,
        },
      ],
      usage: null,
      ...head,
    }),
    usage: (usage) => ({
      choices: [],
      usage: { ...usage, ...(answer.reasoning && details) },
      ...head,
    }),
  };
}

export function createChatFrames(ask: Ask, answer: Answer, state: SimulatorState): ChatFrames {
  return ask.row.profile === "dashscope"
    ? createDashScopeFrames(ask, answer, state)
    : createNativeFrames(ask, state);
}

const NO_DELTA = {
  content: "",
  function_calls: null,
  reasoning_content: "",
  role: null,
  tool_calls: null,
};

/** What only the native gateway adds to a message (captured, the nulls perhaps by an SDK). */
const NATIVE_NULLS = { annotations: null, audio: null, function_call: null, function_calls: null };

export function toUsage({ tokens }: Answer): Usage {
  const { input, output } = tokens;
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}

/** The body of a call without `stream`: the capture of 2025-09-27, or plain OpenAI from DashScope. */
export function toCompletion(ask: Ask, answer: Answer, state: SimulatorState): object {
  const isNative = ask.row.profile === undefined;
  const { call } = answer;
  const { id: callId, ...called } = call ?? {};
  const calls = call && [{ index: 0, id: callId, type: "function", function: called }];
  const hasSpentAll = answer.text === "" && answer.finish === "length";
  const message = {
    ...(isNative && NATIVE_NULLS),
    content: hasSpentAll ? null : answer.text,
    reasoning_content: answer.reasoning,
    refusal: null,
    role: "assistant",
    tool_calls: calls,
  };
  const choice = { finish_reason: answer.finish, index: 0, logprobs: null, message };
  const nulls = { completion_tokens_details: null, prompt_tokens_details: null };
  return {
    choices: [isNative ? { delta: NO_DELTA, ...choice } : choice],
    created: createdNow(state, isNative ? undefined : "s"),
    id: newId(),
    model: ask.model,
    object: "chat.completion",
    ...(isNative && { service_tier: null }),
    system_fingerprint: isNative ? "" : null,
    usage: { ...toUsage(answer), ...(isNative && nulls) },
  };
}
