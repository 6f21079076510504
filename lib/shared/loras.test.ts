import { describe, expect, it } from "vitest";
import { toWireInputs } from "./image-params";
import { balance, evenOut, lorasSchema, toWireLoras } from "./loras";

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

describe("balanced weights", () => {
  const some = (...weights: number[]) =>
    weights.map((weight, index) => ({ id: `owner/lora-${index}`, weight }));
  const weightsOf = (loras: { weight: number }[]) => loras.map(({ weight }) => weight);

  it("are equal, to the hundredth, and sum to 1", () => {
    expect(weightsOf(evenOut(some(1)))).toEqual([1]);
    expect(weightsOf(evenOut(some(0.9, 0.1, 0.5)))).toEqual([0.34, 0.33, 0.33]);
  });

  it("follow the one that is moved, in their proportion", () => {
    expect(weightsOf(balance(some(0.5, 0.25, 0.25), 0, 0.6))).toEqual([0.6, 0.2, 0.2]);
    expect(weightsOf(balance(some(0.2, 0.8), 1, 0.35))).toEqual([0.65, 0.35]);
    expect(weightsOf(balance(some(0.5), 0, 0.2))).toEqual([1]);
  });

  it("are always accepted, whatever is moved where", () => {
    for (let count = 1; count <= 6; count += 1) {
      let loras = evenOut(some(...Array(count).fill(1)));
      for (let step = 0; step < 60; step += 1) {
        loras = balance(loras, step % count, (step * 0.37) % 1.4);
        expect(lorasSchema.safeParse(loras).success, JSON.stringify(loras)).toBe(true);
      }
    }
  });
});
