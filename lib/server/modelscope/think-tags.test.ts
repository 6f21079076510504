import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ThinkTags } from "./think-tags";

/** Feeds the pieces and answers what came out of them. */
function split(pieces: readonly string[]) {
  const tags = new ThinkTags();
  const parts = [...pieces.map((piece) => tags.push(piece)), tags.flush()];
  return {
    reasoning: parts.map((part) => part.reasoning).join(""),
    text: parts.map((part) => part.text).join(""),
  };
}

describe("reasoning in tags", () => {
  const cases: [string, string, string, string][] = [
    ["no tags", "Hello <b>", "", "Hello <b>"],
    ["tags first", "<think>why</think>\n\nbecause", "why", "because"],
    ["blanks before the tag", "\n <think>\nwhy</think>because", "why", "because"],
    ["tags further on are text", "see <think>x</think>", "", "see <think>x</think>"],
    ["a second pair is text", "<think>a</think>b<think>c</think>", "a", "b<think>c</think>"],
    ["never closed", "<think>why", "why", ""],
    ["only a beginning of the tag", "<thi", "", "<thi"],
    ["almost a closing tag", "<think>a</thin", "a</thin", ""],
    ["nothing inside", "<think></think>answer", "", "answer"],
    ["another tag", "<thinking>x", "", "<thinking>x"],
  ];
  for (const [name, all, reasoning, text] of cases) {
    it(name, () => expect(split([all])).toEqual({ reasoning, text }));
  }

  it("holds blanks back for a while, not for ever", () => {
    const tags = new ThinkTags();
    const out = Array.from({ length: 200 }, () => tags.push(" ".repeat(11)).text).join("");
    expect(out.length).toBeGreaterThan(1_000);
    expect(out + tags.flush().text).toBe(" ".repeat(2_200));
  });

  it("does not depend on where the stream is cut", () => {
    const all = fc.constantFrom(...cases.map(([, text]) => text));
    fc.assert(
      fc.property(all, fc.array(fc.nat(40)), (text, cuts) => {
        const at = [...new Set([0, ...cuts.filter((cut) => cut < text.length)])].sort(
          (a, b) => a - b,
        );
        const pieces = at.map((from, index) => text.slice(from, at[index + 1] ?? text.length));
        expect(split(pieces)).toEqual(split([text]));
      }),
    );
  });
});
