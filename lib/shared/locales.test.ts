import { expect, it } from "vitest";
import { pickLocale } from "./locales";

const cases: [string | null, string][] = [
  [null, "zh-CN"],
  ["", "zh-CN"],
  ["en-US,en;q=0.9", "en"],
  ["zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"],
  ["zh;q=0.3, en;q=0.8", "en"],
  ["de, en;q=0.1", "en"],
  ["de", "zh-CN"],
  ["en;q=0, zh;q=0.1", "zh-CN"],
  ["*", "zh-CN"],
];
for (const [header, locale] of cases) {
  it(`${header} → ${locale}`, () => expect(pickLocale(header)).toBe(locale));
}
