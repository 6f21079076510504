import { describe, expect, it } from "vitest";
import en from "@/messages/en.json";
import { IMAGE_PARAMS, parseSize, toWireParameters } from "./image-params";
import { FALLBACK_MODEL_IDS } from "./models/fallback-ids";
import {
  findFamily,
  findImageFaults,
  imageLimitsOf,
  kindsOf,
  withoutIgnored,
} from "./models/families";
import { createImageBodySchema } from "./schemas/image";

const parse = (parameters: object) =>
  createImageBodySchema.safeParse({ model: "a/b", prompt: "p", ...parameters }).success;

describe("the parameter table", () => {
  for (const param of IMAGE_PARAMS) {
    if (param.type !== "integer" && param.type !== "decimal") continue;
    const { key, min, max, step } = param;
    it(`${key} takes both ends and nothing past them`, () => {
      expect([min, max].map((value) => parse({ [key]: value }))).toEqual([true, true]);
      expect(
        [min - step, max + step, Number.NaN, String(min)].map((value) => parse({ [key]: value })),
      ).toEqual([false, false, false, false]);
    });
  }

  it("has a label in the messages for each row", () => {
    for (const { key } of IMAGE_PARAMS) expect(en.image).toHaveProperty(key);
  });

  it("sends what is set, 0 included, and nothing else", () => {
    expect(toWireParameters({})).toEqual({});
    expect(toWireParameters({ seed: 0, negativePrompt: "x" })).toEqual({
      seed: 0,
      negative_prompt: "x",
    });
  });
});

describe("the families", () => {
  it("claim each id of the built-in list", () => {
    for (const id of FALLBACK_MODEL_IDS) expect([id, findFamily(id)]).not.toEqual([id, null]);
  });

  it("take an unknown id for a chat model", () => {
    expect(kindsOf("someone/new-model")).toEqual(["chat"]);
  });

  const sizes: [string, string, boolean][] = [
    ["Tongyi-MAI/Z-Image-Turbo", "512x512", true],
    ["Tongyi-MAI/Z-Image-Turbo", "511x512", false],
    ["Tongyi-MAI/Z-Image-Turbo", "2048x2048", true],
    ["Tongyi-MAI/Z-Image-Turbo", "2048x2049", false],
    ["Qwen/Qwen-Image-2512", "1664x64", true],
    ["Qwen/Qwen-Image-2512", "1665x64", false],
    ["black-forest-labs/FLUX.1-Krea-dev", "1024x1024", true],
    ["black-forest-labs/FLUX.1-Krea-dev", "1024x1025", false],
    ["MAILAND/majicflus_v1", "64x2048", true],
    ["MAILAND/majicflus_v1", "63x2048", false],
  ];
  for (const [model, size, isFine] of sizes) {
    it(`${model} ${isFine ? "takes" : "refuses"} ${size}`, () => {
      expect(Object.keys(findImageFaults(model, { size }))).toEqual(isFine ? [] : ["size"]);
    });
  }

  it("have a usual size within their own bounds", () => {
    for (const id of FALLBACK_MODEL_IDS) {
      const { defaultSize } = imageLimitsOf(id);
      expect(parseSize(defaultSize)).not.toBeNull();
      expect(findImageFaults(id, { size: defaultSize })).toEqual({});
    }
  });

  it("drop what has no effect on them", () => {
    const parameters = { guidance: 3.5, seed: 1 };
    expect(withoutIgnored("Qwen/Qwen-Image-Edit-2511", parameters)).toEqual({ seed: 1 });
    expect(withoutIgnored("Qwen/Qwen-Image-2512", parameters)).toEqual(parameters);
  });
});
