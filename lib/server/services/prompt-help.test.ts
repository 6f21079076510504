import { expect, it } from "vitest";
import { toPromptText } from "./prompt-help";

it("takes the prompt alone out of what a model says", () => {
  const cases: [string, string][] = [
    ["  a cat  ", "a cat"],
    ['"a cat"', "a cat"],
    ["“一只猫”", "一只猫"],
    ["「一只猫」", "一只猫"],
    ["```text\na cat\n```", "a cat"],
    ['a "cat"', 'a "cat"'],
    ["two\nlines", "two\nlines"],
    ["", ""],
  ];
  expect(cases.map(([said]) => toPromptText(said))).toEqual(cases.map(([, text]) => text));
  expect(toPromptText("x".repeat(3_000))).toHaveLength(1_999);
});
