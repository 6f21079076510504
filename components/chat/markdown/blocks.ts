import { marked } from "marked";
import remend from "remend";

/** Blocks at the end that more text may still change: the last one, and the one it may join. */
const OPEN_BLOCKS = 2;

/** Text that costs more than it shows: nested by the hundred, or one endless line. */
const TOO_HARD = [
  /(?:[>[\]*_`~(|!#-][ \t]?){400,}/,
  /^[^\n]{200000,}$/m,
  /(?:^\[[^\]\n]{1,200}\]:[^\n]*\n?){2000,}/m,
];

/** A footnote stands far from its mark: such a text is one block. */
const FOOTNOTE = /^\[\^[^\]\s]+\]:/m;

const isTooHard = (text: string) => TOO_HARD.some((pattern) => pattern.test(text));

const lex = (text: string) => marked.lexer(text).map(({ raw }) => raw);

export type Block = { text: string; isPlain: boolean };

const toBlock = (text: string): Block => ({ text, isPlain: isTooHard(text) });

/**
 * Cuts a growing text into blocks of Markdown. What stands before the last two blocks is cut once,
 * so that a long answer costs no more a word than a short one. Blocks that would cost too much to read
 * as Markdown are plain text.
 */
export class BlockCutter {
  #prefix = "";
  #closed: Block[] = [];

  cut(text: string, isGrowing: boolean): Block[] {
    if (!text.startsWith(this.#prefix)) {
      this.#prefix = "";
      this.#closed = [];
    }
    if (text.includes("[^") && FOOTNOTE.test(text) && !isTooHard(text)) return [toBlock(text)];
    const tail = text.slice(this.#prefix.length);
    if (isTooHard(tail)) return [...this.#closed, { text: tail, isPlain: true }];
    const raws = lex(tail);
    const closing = raws.slice(0, Math.max(0, raws.length - OPEN_BLOCKS));
    if (closing.length > 0) {
      this.#prefix += closing.join("");
      this.#closed = [...this.#closed, ...closing.map(toBlock)];
    }
    const open = raws.slice(closing.length);
    const last = open.pop();
    // Unfinished syntax is closed for the eye, so that nothing flickers.
    if (last !== undefined) open.push(isGrowing ? remend(last) : last);
    return [...this.#closed, ...open.map(toBlock)];
  }
}
