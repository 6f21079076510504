import type { RunPart } from "@/lib/client/run-stream";
import type { ToolResult } from "@/lib/shared/schemas/chat";
import type { ChatMessage } from "@/lib/shared/schemas/conversation";

/** A message in view; `key` stays the same while its id becomes known. */
export type Turn = ChatMessage & { key: string };

export const toTurn = (message: ChatMessage): Turn => ({ ...message, key: message.id });

/** What is asked: with a text, or with the results of functions. */
export type Question = {
  text: string;
  uploads: string[];
  pictureUrls: string[];
  toolResults: ToolResult[];
};

/** A question with a text alone, or what `part` adds. */
export const toQuestion = (text: string, part: Partial<Question> = {}): Question => ({
  text,
  uploads: [],
  pictureUrls: [],
  toolResults: [],
  ...part,
});

export const isActive = ({ run }: Turn) => run?.status === "queued" || run?.status === "streaming";

/** The turns up to one, itself included; none for null. */
export function upTo(turns: readonly Turn[], id: string | null): Turn[] {
  return turns.slice(0, turns.findIndex((turn) => turn.id === id) + 1);
}

/** The turns before one. */
export const before = (turns: readonly Turn[], id: string): Turn[] =>
  turns.slice(
    0,
    turns.findIndex((turn) => turn.id === id),
  );

const EMPTY = { ...toQuestion(""), reasoning: "", toolCalls: [] };

type Ask = {
  /** What it goes on from; null = the beginning. */
  parentId: string | null;
  /** Null = the parent is answered anew. */
  question: Question | null;
  model: string;
  at: string;
  newKey: () => string;
};

/** Versions of a message that is about to get one more. */
function siblingsAfter(turns: readonly Turn[], parentId: string | null, role: Turn["role"]) {
  const next = turns[turns.findIndex((turn) => turn.id === parentId) + 1];
  return next?.role === role && next.parentId === parentId ? next.siblings : [];
}

/** The turns as they are while an answer is awaited, and the key of that answer. */
export function ask(
  turns: readonly Turn[],
  { parentId, question, model, at, newKey }: Ask,
): { turns: Turn[]; answerKey: string } {
  const kept = upTo(turns, parentId);
  const answerKey = newKey();
  const questionKey = newKey();
  const run: NonNullable<Turn["run"]> = {
    runId: "",
    status: "queued",
    model,
    errorCode: null,
    errorText: null,
    startedAt: at,
    queuedMs: null,
    thoughtMs: null,
    firstTokenMs: null,
    totalMs: null,
    inputTokens: null,
    outputTokens: null,
    tokenSource: "none",
    upstreamRequestId: null,
  };
  const asked: Turn[] = question
    ? [
        {
          ...EMPTY,
          ...question,
          key: questionKey,
          id: questionKey,
          parentId,
          role: "user",
          siblings: [...siblingsAfter(turns, parentId, "user"), questionKey],
          createdAt: at,
          run: null,
        },
      ]
    : [];
  const answer: Turn = {
    ...EMPTY,
    key: answerKey,
    id: answerKey,
    parentId: question ? questionKey : parentId,
    role: "assistant",
    siblings: [...(question ? [] : siblingsAfter(turns, parentId, "assistant")), answerKey],
    createdAt: at,
    run,
  };
  return { turns: [...kept, ...asked, answer], answerKey };
}

const rename = (ids: readonly string[], from: string, to: string) =>
  ids.map((id) => (id === from ? to : id));

/** The answer is known by its id, and its question with it. A replay begins anew. */
function begin(turns: readonly Turn[], key: string, part: RunPart & { type: "start" }): Turn[] {
  const { messageId, messageMetadata } = part;
  const answer = turns.find((turn) => turn.key === key);
  if (!answer) return [...turns];
  const questionId = messageMetadata.parentId ?? answer.parentId;
  return turns.map((turn) => {
    if (turn.key === key) {
      return {
        ...turn,
        id: messageId,
        parentId: questionId,
        siblings: rename(turn.siblings, turn.id, messageId),
        text: "",
        reasoning: "",
        run: messageMetadata.readout,
      };
    }
    if (turn.id !== answer.parentId || !questionId) return turn;
    return { ...turn, id: questionId, siblings: rename(turn.siblings, turn.id, questionId) };
  });
}

function grow(turn: Turn, part: RunPart): Turn {
  switch (part.type) {
    case "text-delta":
      return { ...turn, text: turn.text + part.delta };
    case "reasoning-delta":
      return { ...turn, reasoning: turn.reasoning + part.delta };
    case "data-tool-calls":
      return { ...turn, toolCalls: part.data };
    case "message-metadata":
    case "finish":
      return { ...turn, run: part.messageMetadata.readout };
    default:
      return turn;
  }
}

/** The turns after parts of the stream of the answer with this key. */
export function take(turns: readonly Turn[], key: string, parts: readonly RunPart[]): Turn[] {
  return parts.reduce<Turn[]>(
    (now, part) =>
      part.type === "start"
        ? begin(now, key, part)
        : now.map((turn) => (turn.key === key ? grow(turn, part) : turn)),
    [...turns],
  );
}
