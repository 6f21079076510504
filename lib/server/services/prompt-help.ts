import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { PROMPT_MAX_LENGTH } from "@/lib/shared/image-params";
import { chooseCheapest, findPrice } from "@/lib/shared/model-list";
import type { PromptHelp } from "@/lib/shared/schemas/prompt-help";
import { requireAccepting } from "../runs/registry";
import { listModels } from "./models";
import { makeShortCall } from "./short-call";
import { openToken } from "./token";

const MAX_TOKENS = 800;

const INSTRUCTIONS: Record<PromptHelp, string> = {
  translate:
    "Translate this prompt for a text-to-image model into English. Keep every detail, add nothing, leave out nothing. Answer with the translation alone.",
  improve:
    "Rewrite this prompt for a text-to-image model in its own language. Keep everything it says; add composition, light, material and style in at most 120 words. Answer with the prompt alone.",
};

/** The prompt alone, without quotes or a code block around it. */
export function toPromptText(said: string): string {
  const bare = said
    .trim()
    .replace(/^```\w*\n?|\n?```$/g, "")
    .replace(/^["“「『]([\s\S]*)["”」』]$/u, "$1")
    .trim();
  return bare.slice(0, PROMPT_MAX_LENGTH);
}

/** The model that helps, and its price in Magicubes; null where that is not known. */
async function findHelper(actor: Actor): Promise<{ model: string; price: number | null }> {
  const list = await listModels(actor, { kind: "chat" });
  const model = chooseCheapest(list);
  return { model, price: findPrice(list, model) };
}

/**
 * Translates or enriches a prompt, with one short call of the cheapest chat model. Throws what that
 * call is refused with, and `empty_answer`.
 */
export async function helpWithPrompt(
  actor: Actor,
  { kind, prompt }: { kind: PromptHelp; prompt: string },
): Promise<{ prompt: string; model: string; price: number | null }> {
  requireAccepting();
  const [access, helper] = await Promise.all([openToken(actor.userId), findHelper(actor)]);
  const said = await makeShortCall(actor.userId, access, {
    ...helper,
    turns: [{ role: "user", text: `${INSTRUCTIONS[kind]}\n\n<prompt>\n${prompt}\n</prompt>` }],
    maxTokens: MAX_TOKENS,
  });
  const text = toPromptText(said);
  if (!text) throw new AppError("empty_answer");
  return { ...helper, prompt: text };
}
