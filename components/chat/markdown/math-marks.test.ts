import { expect, it } from "vitest";
import { hasMath, toMathMarks } from "./math-marks";

const formulas = [
  "$a^2$",
  "勾股定理 $a^2+b^2=c^2$。",
  "$$\n\\int x\n$$",
  "\\(x\\)",
  "\\[\ny\n\\]",
  "$x$",
];
const others = ["costs $5 and $6", "`$a$`", "```\n$a$\n```", "$", "no", "US$ 5, A$ 7", "$ x $"];

for (const text of formulas)
  it(`${JSON.stringify(text)} has one`, () => expect(hasMath(text)).toBe(true));
for (const text of others)
  it(`${JSON.stringify(text)} has none`, () => expect(hasMath(text)).toBe(false));

it("writes LaTeX's marks as dollars and leaves prices and code alone", () => {
  expect(toMathMarks("\\(a\\) for $5 and `\\(b\\)`")).toBe("$a$ for \\$5 and `\\(b\\)`");
  expect(toMathMarks("\\[\na\n\\]")).toBe("$$\na\n$$");
  expect(toMathMarks("Thus\n $$a^2$$ \nand $$b$$ so")).toBe("Thus\n$$\na^2\n$$\nand $$b$$ so");
  expect(toMathMarks("$a$ costs $5")).toBe("$a$ costs \\$5");
});
