import "server-only";
import { cleanText } from "@/lib/shared/clean-text";
import type { ToolCall } from "@/lib/shared/schemas/chat";
import type { ToolFragment } from "./answer-delta";

const MAX_CALLS = 64;
const MAX_NAME_LENGTH = 100;

/**
 * Merges the pieces of tool calls by their index; the first id and name of an index stay. Where a
 * backend names no index, a new id begins a new call and anything else goes on with the last.
 */
export class ToolCallMerger {
  readonly #calls = new Map<number, ToolCall>();
  #last = 0;

  add(fragments: readonly ToolFragment[]): void {
    for (const fragment of fragments) {
      const index = fragment.index ?? this.#guessIndex(fragment);
      const call = this.#calls.get(index) ?? { id: "", name: "", arguments: "" };
      call.id ||= cleanText(fragment.id).slice(0, MAX_NAME_LENGTH);
      call.name ||= cleanText(fragment.name).slice(0, MAX_NAME_LENGTH);
      call.arguments += fragment.arguments;
      if (this.#calls.size < MAX_CALLS || this.#calls.has(index)) this.#calls.set(index, call);
      this.#last = index;
    }
  }

  #guessIndex({ id }: ToolFragment): number {
    const current = this.#calls.get(this.#last);
    const isNew = current !== undefined && id !== "" && id !== current.id;
    return isNew ? Math.max(...this.#calls.keys()) + 1 : this.#last;
  }

  /** The calls so far, in the order of their indexes. */
  list(): ToolCall[] {
    return [...this.#calls.entries()]
      .sort(([a], [b]) => a - b)
      .map(([, call]) => ({ ...call, arguments: cleanText(call.arguments) }));
  }
}
