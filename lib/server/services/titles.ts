import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { chooseCheapest, findPrice } from "@/lib/shared/model-list";
import type { WireTurn } from "@/lib/shared/wire/turn";
import { updateAutomaticTitle } from "../db/conversations";
import { findTitleJob } from "../db/title-jobs";
import { logInfo } from "../log";
import { isDraining } from "../runs/registry";
import { listModels } from "./models";
import { makeShortCall } from "./short-call";
import { openToken } from "./token";

const MAX_TOKENS = 40;
const MAX_TITLE_LENGTH = 60;
/** So much of question and answer says what it is about. */
const EXCERPT = 1_500;

const INSTRUCTION =
  "Write a title for this conversation: at most 8 words or 16 Chinese characters, in the language of the question, no quotes, no full stop. Answer with the title alone.";

const toTurns = (question: string, answer: string): WireTurn[] => [
  {
    role: "user",
    text: `${INSTRUCTION}\n\n<question>\n${question.slice(0, EXCERPT)}\n</question>\n<answer>\n${answer.slice(0, EXCERPT)}\n</answer>`,
  },
];

/** The first line of what the model said, without quotes around it; empty where that is nothing. */
export function toTitleLine(said: string): string {
  const line = said.trim().split("\n").at(-1) ?? "";
  const bare = line.replace(/^[\s#*"'“”《「]+|[\s*"'“”》」。.]+$/gu, "");
  return [...bare].slice(0, MAX_TITLE_LENGTH).join("");
}

/**
 * Gives a new conversation a title of a model's, where its owner wants that: one short call more. A
 * title that the owner gives meanwhile stays. Never throws: a conversation has its first line as its
 * title until then.
 */
export async function titleConversation(actor: Actor, conversationId: string): Promise<void> {
  const { userId } = actor;
  if (isDraining()) return;
  try {
    const job = await findTitleJob(userId, conversationId);
    if (!job) return;
    const [access, list] = await Promise.all([
      openToken(userId),
      listModels(actor, { kind: "chat" }),
    ]);
    const model = chooseCheapest(list);
    const said = await makeShortCall(userId, access, {
      model,
      price: findPrice(list, model),
      turns: toTurns(job.question, job.answer),
      maxTokens: MAX_TOKENS,
    });
    const title = toTitleLine(said);
    if (title) await updateAutomaticTitle(userId, conversationId, title);
  } catch (error) {
    logInfo("no title", { conversationId, reason: error instanceof Error ? error.message : "" });
  }
}
