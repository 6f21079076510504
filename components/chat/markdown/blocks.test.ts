import { marked } from "marked";
import { describe, expect, it } from "vitest";
import { BlockCutter } from "./blocks";

const ANSWER = `# 标题 Title

第一段，**粗体**和 \`code\`。

- one
- two

  still two

\`\`\`ts
const a = 1;

const b = 2;
\`\`\`

| a | b |
|---|---|
| 1 | 2 |

> quoted
> more

Last paragraph.`;

const textsOf = (cutter: BlockCutter, text: string, isGrowing = false) =>
  cutter.cut(text, isGrowing).map((block) => block.text);

describe("cutting a growing text", () => {
  it("ends with the same blocks as cutting it whole, however it grew", () => {
    const whole = marked.lexer(ANSWER).map(({ raw }) => raw);
    for (const step of [1, 3, 17, 200]) {
      const cutter = new BlockCutter();
      for (let length = step; length < ANSWER.length; length += step) {
        const shown = textsOf(cutter, ANSWER.slice(0, length), true).join("");
        expect(shown.startsWith(ANSWER.slice(0, length).trimEnd().slice(0, -40))).toBe(true);
      }
      expect(textsOf(cutter, ANSWER).join("")).toBe(ANSWER);
      expect(textsOf(cutter, ANSWER)).toEqual(whole);
    }
  });

  it("begins anew for another text", () => {
    const cutter = new BlockCutter();
    cutter.cut(ANSWER, false);
    expect(textsOf(cutter, "Another\n\none")).toEqual(["Another", "\n\n", "one"]);
  });

  it("keeps the blocks that are closed as they are", () => {
    const cutter = new BlockCutter();
    const [first] = cutter.cut(`${ANSWER}\n\nmore`, true);
    expect(cutter.cut(`${ANSWER}\n\nmore and more`, true)[0]).toBe(first);
  });
});

describe("LIM-08 bombs", () => {
  const bombs: [string, string][] = [
    ["quotes", ">".repeat(100_000)],
    ["quotes with blanks", "> ".repeat(100_000)],
    ["brackets", "[".repeat(100_000)],
    ["stars", "*".repeat(100_000)],
    ["a table in one line", `| a |\n|---|\n|${"x|".repeat(500_000)}`],
    [
      "link references",
      Array.from({ length: 50_000 }, (_unused, n) => `[${n}]: http://a.b/${n}`).join("\n"),
    ],
  ];
  for (const [name, bomb] of bombs) {
    it(`${name}: plain text, at once`, () => {
      const blocks = new BlockCutter().cut(`Before\n\n${bomb}`, true);
      expect(blocks.some(({ isPlain }) => isPlain)).toBe(true);
      expect(blocks.map(({ text }) => text).join("")).toContain(bomb.slice(0, 1_000));
    }, 1_000);
  }
});

it("a text with footnotes is one block, so that marks find their notes", () => {
  const text = "One[^1].\n\nTwo.\n\nThree.\n\n[^1]: The note.";
  expect(new BlockCutter().cut(text, true)).toEqual([{ text, isPlain: false }]);
});
