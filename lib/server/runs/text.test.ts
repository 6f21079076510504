import fc from "fast-check";
import { expect, it } from "vitest";
import { createTextJoiner } from "./text";

it("joins a surrogate pair that was cut in two", () => {
  const join = createTextJoiner();
  expect([join("a\ud83d"), join("\udc69b")]).toEqual(["a", "👩b"]);
});

it("drops NUL and replaces halves that never met", () => {
  const join = createTextJoiner();
  expect([join("a\0b"), join("\ud83dx")]).toEqual(["ab", "\ufffdx"]);
});

it("gives well-formed pieces that make up the text, however it is cut", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.array(fc.nat()), (text, cuts) => {
      const clean = text.replaceAll("\0", "");
      const places = [...new Set(cuts.map((cut) => cut % (clean.length + 1)))].sort(
        (a, b) => a - b,
      );
      const pieces = [...places, clean.length].map((end, index) =>
        clean.slice(places[index - 1] ?? 0, end),
      );
      const join = createTextJoiner();
      const joined = pieces.map(join);
      expect(joined.every((piece) => piece.isWellFormed())).toBe(true);
      expect(joined.join("")).toBe(clean);
    }),
  );
});
