import { expect, it } from "vitest";
import { toWireInputs } from "./image-params";
import { lorasSchema, toWireLoras } from "./loras";

const loras = (...weights: number[]) => weights.map((weight, at) => ({ id: `a/l${at}`, weight }));
const takes = (value: unknown) => lorasSchema.safeParse(value).success;

it("takes one to six LoRAs whose weights sum to 1", () => {
  expect(
    [[], [0.8], [1], [0.6, 0.4], [0.3, 0.3, 0.4], [0.5, 0.4], [0.6, 0.6]].map((w) =>
      takes(loras(...w)),
    ),
  ).toEqual([false, true, true, true, true, false, false]);
  // Thirds to three places are 0.999; what is further off was not meant.
  expect([0.333, 0.334].map((w) => takes(loras(w, w, w)))).toEqual([true, false]);
  expect(takes(loras(...Array(6).fill(1 / 6)))).toBe(true);
  expect(takes(loras(...Array(7).fill(1 / 7)))).toBe(false);
  expect(
    takes([
      { id: "a/b", weight: 0.5 },
      { id: "a/b", weight: 0.5 },
    ]),
  ).toBe(false);
  expect([0, -1, 2, Number.NaN].map((weight) => takes([{ id: "a/b", weight }]))).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(takes([{ id: "no owner", weight: 1 }])).toBe(false);
});

it("sends one as a string and several as a map", () => {
  expect(toWireLoras(loras(0.8))).toBe("a/l0");
  expect(toWireLoras(loras(0.6, 0.4))).toEqual({ "a/l0": 0.6, "a/l1": 0.4 });
});

it("sends one address as a string, data URLs and several as an array", () => {
  expect(toWireInputs(["https://example.com/a.png"])).toBe("https://example.com/a.png");
  expect(toWireInputs(["data:image/png;base64,AA"])).toEqual(["data:image/png;base64,AA"]);
  expect(toWireInputs(["https://a", "https://b"])).toEqual(["https://a", "https://b"]);
});
