import "server-only";
import { cleanText } from "@/lib/shared/clean-text";
import type { ToolCall } from "@/lib/shared/schemas/chat";
import type { ToolFragment } from "./answer-delta";

const MAX_CALLS = 64;
const MAX_NAME_LENGTH = 100;

/** Merges the pieces of tool calls by their index; the first id and name of an index stay. */
export class ToolCallMerger {
  readonly #calls = new Map<number, ToolCall>();

  add(fragments: readonly ToolFragment[]): void {
    for (const fragment of fragments) {
      const call = this.#calls.get(fragment.index) ?? { id: "", name: "", arguments: "" };
      call.id ||= cleanText(fragment.id).slice(0, MAX_NAME_LENGTH);
      call.name ||= cleanText(fragment.name).slice(0, MAX_NAME_LENGTH);
      call.arguments += fragment.arguments;
      if (this.#calls.size < MAX_CALLS) this.#calls.set(fragment.index, call);
    }
  }

  /** The calls so far, in the order of their indexes. */
  list(): ToolCall[] {
    return [...this.#calls.entries()]
      .sort(([a], [b]) => a - b)
      .map(([, call]) => ({ ...call, arguments: cleanText(call.arguments) }));
  }
}
