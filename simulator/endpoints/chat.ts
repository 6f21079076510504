import { randomUUID } from "node:crypto";
import { type Exchange, field, pause, sendError, sendJson, textField } from "../http.ts";
import { countTokens, replyTo, toPieces } from "../replies.ts";
import { CHAT_MODELS, type ChatFault, refuseByToken } from "../scenarios.ts";
import { spend } from "../state.ts";

const EMPTY_SHELL = {
  id: "",
  choices: null,
  created: 0,
  model: "",
  object: "",
  usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
};

/** Placeholder that every delta frame of the real gateway carries (measured 2026-10-06). */
const NO_USAGE = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

/** Frames of a stream in the native gateway's profile; values marked [I] in the contract are inferred. */
function createFrames(model: string) {
  const head = {
    id: `chatcmpl-${randomUUID()}`,
    object: "chat.completion.chunk",
    created: Date.now(), // milliseconds, as captured
    model,
  };
  const delta = (
    content: string,
    reasoning: string,
    finish: string | null,
    role: string | null,
  ) => ({
    ...head,
    choices: [
      {
        index: 0,
        delta: {
          role,
          content,
          reasoning_content: reasoning,
          tool_calls: null,
          function_calls: null,
        },
        finish_reason: finish,
        logprobs: null,
      },
    ],
    usage: NO_USAGE,
  });
  return {
    first: () => delta("", "", null, "assistant"),
    text: (piece: string) => delta(piece, "", null, null),
    reasoning: (piece: string) => delta("", piece, null, null),
    finish: () => delta("", "", "stop", null),
    usage: (input: number, output: number) => ({
      ...head,
      choices: [],
      usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
    }),
  };
}

/** The words of one message, whichever of the two shapes its content has. */
function wordsOf(message: unknown): string {
  const content = field(message, "content");
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part) => textField(part, "text")).join(" ");
}

/** `POST /v1/chat/completions`. The order of the checks is inferred. */
export async function chat(exchange: Exchange): Promise<void> {
  const { response, body, token, state } = exchange;
  if (refuseByToken(response, token)) return;
  const messages = field(body, "messages");
  const model = textField(body, "model");
  if (!Array.isArray(messages)) return sendJson(response, 200, EMPTY_SHELL);
  const known = CHAT_MODELS[model];
  if (!known) return sendError(response, 400, `Model id : ${model} , has no provider supported`);
  if (!spend(state, token ?? "", known.price))
    return sendError(response, 429, "insufficient balance");
  if (field(body, "stream") !== true) {
    const message = "parameter.enable_thinking must be set to false for non-streaming calls";
    if (known.thinks) return sendError(response, 400, message, "invalid_parameter_error");
  }
  if (known.fault === "empty-shell") return sendJson(response, 200, EMPTY_SHELL);
  const words = messages.map(wordsOf);
  await stream(exchange, { model, words, fault: known.fault ?? "none", thinks: known.thinks });
}

type Frames = ReturnType<typeof createFrames>;
type Send = (frame: object) => void;

/** Writes text whole, or byte by byte as the worst network would. */
function createWriter({ response }: Exchange, fault: ChatFault) {
  const connection = { isGone: false };
  response.once("close", () => {
    connection.isGone = true;
  });
  const write = (text: string) => {
    if (connection.isGone) return;
    if (fault !== "byte-by-byte") response.write(text);
    else for (const byte of Buffer.from(text)) response.write(Buffer.of(byte));
  };
  const send: Send = (frame) => write(`data: ${JSON.stringify(frame)}\n\n`);
  return { connection, write, send };
}

/** One answer: the words of each message, the last being the question. */
type Order = { model: string; words: string[]; fault: ChatFault; thinks: boolean | undefined };

async function stream(exchange: Exchange, { model, words, fault, thinks }: Order): Promise<void> {
  const { response, body, state } = exchange;
  const frames = createFrames(model);
  const reply = replyTo(words.at(-1) ?? "");
  const { connection, write, send } = createWriter(exchange, fault);
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.flushHeaders();
  await pause(state.options.firstChunkDelayMs);
  if (fault === "empty-stream") return void response.end("data: [DONE]\n\n");
  send(frames.first());
  const reasoning = thinks ? reply.reasoning : "";
  for (const piece of toPieces(reasoning)) {
    send(frames.reasoning(piece));
    await pause(state.options.chunkDelayMs);
  }
  const pieces = toPieces(reply.text);
  const breakAt = Math.floor(pieces.length / 3);
  const isOver = (at: number) => connection.isGone || (at >= pieces.length && fault !== "endless");
  for (let at = 0; !isOver(at); at += 1) {
    if (at === breakAt && breakOff(fault, response, send)) return;
    send(frames.text(pieces[at % pieces.length] ?? ""));
    await pause(state.options.chunkDelayMs);
  }
  finish(body, fault, {
    frames,
    send,
    input: words.join("\n"),
    output: reply.text + reasoning,
  });
  if (fault !== "no-done") write("data: [DONE]\n\n");
  response.end();
}

/** The finish reason, and the real usage where it was asked for. */
function finish(
  body: unknown,
  fault: ChatFault,
  { frames, send, input, output }: { frames: Frames; send: Send; input: string; output: string },
): void {
  if (fault !== "no-finish") send(frames.finish());
  const wantsUsage = field(field(body, "stream_options"), "include_usage") === true;
  if (wantsUsage && fault !== "no-usage")
    send(frames.usage(countTokens(input) + 8, countTokens(output)));
}

/** The three known ways a stream breaks in its middle, and the stall; true where it ends here. */
function breakOff(fault: ChatFault, response: Exchange["response"], send: Send): boolean {
  switch (fault) {
    case "error-frame":
      send({ error: { message: "Model inference failed", code: "internal_error" } });
      response.end();
      return true;
    case "errors-frame":
      send({ errors: { message: "Request limit exceeded." }, request_id: randomUUID() });
      response.end();
      return true;
    case "reset":
      response.socket?.resetAndDestroy();
      return true;
    case "stall":
      return true; // the connection stays open and silent
    default:
      return false;
  }
}
