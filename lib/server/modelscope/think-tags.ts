import "server-only";

type Split = { text: string; reasoning: string };

const OPEN = "<think>";
const CLOSE = "</think>";
/** Blanks are held back until the first letter, but not for ever. */
const MAX_HELD = 1_000;

/** Length of the longest end of `text` with which `tag` begins. */
function heldLength(text: string, tag: string): number {
  for (let length = Math.min(tag.length - 1, text.length); length > 0; length -= 1) {
    if (tag.startsWith(text.slice(-length))) return length;
  }
  return 0;
}

/**
 * Takes reasoning that a model writes as `<think>…</think>` at the very beginning of its text out of
 * the text. The tags may be cut anywhere by the stream. Tags further on are text.
 */
export class ThinkTags {
  #state: "start" | "opened" | "inside" | "after" | "text" = "start";
  #held = "";

  push(piece: string): Split {
    if (this.#state === "text" || piece === "") return { text: piece, reasoning: "" };
    const all = this.#held + piece;
    this.#held = "";
    if (this.#state === "start") return this.#begin(all);
    if (this.#state === "after") return this.#resume(all);
    return this.#think(all);
  }

  /** What was held back, waiting for the rest of a tag. */
  flush(): Split {
    const held = this.#held;
    this.#held = "";
    return this.#state === "inside" ? { text: "", reasoning: held } : { text: held, reasoning: "" };
  }

  #begin(all: string): Split {
    const trimmed = all.trimStart();
    if (trimmed.startsWith(OPEN)) {
      this.#state = "opened";
      return this.#think(trimmed.slice(OPEN.length));
    }
    if (OPEN.startsWith(trimmed) && all.length <= MAX_HELD) {
      this.#held = all;
      return { text: "", reasoning: "" };
    }
    this.#state = "text";
    return { text: all, reasoning: "" };
  }

  /** Blank lines before the reasoning are no part of it. */
  #think(piece: string): Split {
    const all = this.#state === "opened" ? piece.trimStart() : piece;
    if (all !== "") this.#state = "inside";
    const at = all.indexOf(CLOSE);
    if (at !== -1) {
      this.#state = "after";
      const { text } = this.#resume(all.slice(at + CLOSE.length));
      return { text, reasoning: all.slice(0, at) };
    }
    const held = heldLength(all, CLOSE);
    this.#held = all.slice(all.length - held);
    return { text: "", reasoning: all.slice(0, all.length - held) };
  }

  /** The blank lines between the reasoning and the answer belong to neither. */
  #resume(all: string): Split {
    const text = all.trimStart();
    if (text !== "") this.#state = "text";
    return { text, reasoning: "" };
  }
}
