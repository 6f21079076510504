import { describe, expect, it } from "vitest";
import en from "@/messages/en.json";
import zh from "@/messages/zh.json";
import { ERROR_STATUS } from "./errors";

type Texts = { [key: string]: string | Texts };

function flatten(texts: Texts, prefix = ""): Record<string, string> {
  const entries = Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[`${prefix}${key}`, value]]
      : Object.entries(flatten(value, `${prefix}${key}.`)),
  );
  return Object.fromEntries(entries);
}

const argumentsOf = (text: string) => [...text.matchAll(/\{(\w+)/g)].map(([, name]) => name).sort();

describe("the message files", () => {
  const [chinese, english] = [flatten(zh), flatten(en)];

  it("have the same keys, all with a text", () => {
    expect(Object.keys(chinese)).toEqual(Object.keys(english));
    expect(
      Object.entries({ ...chinese, ...english }).filter(([, text]) => text.trim() === ""),
    ).toEqual([]);
  });

  it("name the same values in each text", () => {
    for (const [key, text] of Object.entries(chinese)) {
      expect([key, [...new Set(argumentsOf(text))]]).toEqual([
        key,
        [...new Set(argumentsOf(english[key] ?? ""))],
      ]);
    }
  });

  it("have a sentence for every error code, and for no other", () => {
    const codes = [...Object.keys(ERROR_STATUS), "offline"].sort();
    expect(Object.keys(zh.errors).sort()).toEqual(codes);
  });
});
