import "server-only";
import { DEFAULT_CHAT_MODEL } from "@/lib/shared/models/fallback-ids";
import { type ConversationFile, toConversationFile } from "@/lib/shared/schemas/conversation-file";
import { modelIdSchema } from "@/lib/shared/schemas/model";
import { now } from "../clock";

/**
 * A conversation as Markdown: comments that no reader sees divide the messages, so that the same file
 * can be read back. Text that looks like such a comment is written with a zero-width space in it.
 */
const MARK = /^<!-- (question|answer|system)(?: ([^\s]+))? -->$/;
const LOOKS_LIKE_MARK = /^(<!--)( (?:question|answer|system))/gm;
const HIDDEN = "\u200b";

const protect = (text: string) => text.replace(LOOKS_LIKE_MARK, `$1${HIDDEN}$2`);
const expose = (text: string) => text.replaceAll(`<!--${HIDDEN}`, "<!--");

type FileMessage = ConversationFile["messages"][number];

/** The branch that ends with the newest message. */
function toNewestBranch(messages: readonly FileMessage[]): FileMessage[] {
  const byKey = new Map(messages.map((message) => [message.key, message]));
  const branch: FileMessage[] = [];
  for (let at = messages.at(-1); at; at = at.parent ? byKey.get(at.parent) : undefined) {
    branch.unshift(at);
  }
  return branch;
}

const toBlock = (mark: string, heading: string, text: string) =>
  `<!-- ${mark} -->\n\n## ${heading}\n\n${protect(text)}\n`;

/** Title, system prompt and the newest branch; reasoning is left out. */
export function toMarkdown({ title, model, settings, messages }: ConversationFile): string {
  const { systemPrompt } = settings;
  const blocks = toNewestBranch(messages).map((message) =>
    message.role === "user"
      ? toBlock("question", "Question", message.text)
      : toBlock(`answer ${message.model ?? model}`, message.model ?? "Answer", message.text),
  );
  const system = systemPrompt ? [toBlock("system", "System prompt", systemPrompt)] : [];
  return [`# ${title.replaceAll("\n", " ")}\n`, ...system, ...blocks].join("\n");
}

type Block = { kind: string; model: string | null; text: string };

/** The parts between the marks, each without its heading. */
function toBlocks(lines: readonly string[]): Block[] {
  const blocks: { kind: string; model: string | null; lines: string[] }[] = [];
  for (const line of lines) {
    const [isMark, kind = "", model = null] = MARK.exec(line) ?? [];
    if (isMark) blocks.push({ kind, model, lines: [] });
    else blocks.at(-1)?.lines.push(line);
  }
  return blocks.map(({ lines: body, ...block }) => ({
    ...block,
    text: expose(
      body
        .join("\n")
        .replace(/^\s*## [^\n]*\n/, "")
        .trim(),
    ),
  }));
}

/** Reads what {@link toMarkdown} wrote; null for any other text. */
export function fromMarkdown(text: string): ConversationFile | null {
  const lines = text.split(/\r?\n/);
  const blocks = toBlocks(lines);
  const turns = blocks.filter(({ kind }) => kind !== "system");
  if (turns.length === 0) return null;
  const system = blocks.find(({ kind }) => kind === "system")?.text;
  const named = turns.find(({ model }) => modelIdSchema.safeParse(model).success)?.model;
  const createdAt = now().toISOString();
  return toConversationFile({
    title: (/^# (.*)$/.exec(lines[0] ?? "")?.[1] ?? "").slice(0, 200),
    model: named ?? DEFAULT_CHAT_MODEL,
    settings: system ? { systemPrompt: system } : {},
    messages: turns.map(({ kind, model, text: body }, index) => ({
      key: String(index),
      parent: index === 0 ? null : String(index - 1),
      role: kind === "question" ? ("user" as const) : ("assistant" as const),
      text: body,
      reasoning: "",
      toolCalls: [],
      toolResults: [],
      createdAt,
      model,
    })),
  });
}
