import zlib from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { readA1111 } from "./a1111";
import { readComfyUi } from "./comfyui";
import { fitRecipe } from "./fit-recipe";
import { OWN_KEY, writeForOthers, writeOwn } from "./own-recipe";
import { readPictureTexts } from "./picture-texts";
import { addPngTexts } from "./png-texts";
import { readRecipe } from "./read-recipe";

const picture = () => sharp({ create: { width: 8, height: 8, channels: 3, background: "#123" } });
const png = (texts: Record<string, string>) =>
  picture()
    .png()
    .toBuffer()
    .then((bytes) => addPngTexts(bytes, texts));

const A1111 = `masterpiece, a cat <lora:detail:0.7>, sitting
Negative prompt: blurry, text
Steps: 28, Sampler: DPM++ 2M Karras, CFG scale: 7, Seed: 1234567, Size: 2048x1024, Model hash: abc123, Model: realistic_v5, Lora hashes: "detail: 9f, other: 1", Version: v1.9.0`;

const COMFY = {
  "3": {
    class_type: "KSampler",
    inputs: {
      seed: 42,
      steps: 20,
      cfg: 8,
      sampler_name: "euler",
      scheduler: "normal",
      model: ["10", 0],
      positive: ["6", 0],
      negative: ["7", 0],
      latent_image: ["5", 0],
    },
  },
  "4": { class_type: "CheckpointLoaderSimple", inputs: { ckpt_name: "sd15.safetensors" } },
  "5": { class_type: "EmptyLatentImage", inputs: { width: 512, height: 768, batch_size: 1 } },
  "6": { class_type: "CLIPTextEncode", inputs: { text: ["11", 0], clip: ["4", 1] } },
  "7": { class_type: "CLIPTextEncode", inputs: { text: "blurry", clip: ["4", 1] } },
  "10": {
    class_type: "LoraLoader",
    inputs: { lora_name: "ink.safetensors", strength_model: 0.8, model: ["4", 0] },
  },
  "11": { class_type: "String", inputs: { text: "a lighthouse" } },
};

const OWN = {
  model: "Qwen/Qwen-Image",
  prompt: "水墨远山 “船”\n第二行",
  parameters: { size: "1024x768", steps: 20, seed: 0 },
  usedSeed: null,
};

describe("texts of a picture", () => {
  it("are found in every kind of chunk of a PNG", async () => {
    const base = await picture().png().toBuffer();
    const pack = (type: string, data: Buffer) => {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(data.length);
      head.write(type, 4, "latin1");
      const tail = Buffer.alloc(4);
      tail.writeUInt32BE(zlib.crc32(Buffer.concat([head.subarray(4), data])));
      return Buffer.concat([head, data, tail]);
    };
    const bytes = Buffer.concat([
      base.subarray(0, 33),
      pack("tEXt", Buffer.from("plain\0caf\xe9", "latin1")),
      pack("zTXt", Buffer.concat([Buffer.from("packed\0\0"), zlib.deflateSync("a text")])),
      pack("iTXt", Buffer.from("wide\0\0\0zh\0\0水墨")),
      pack("iTXt", Buffer.concat([Buffer.from("both\0\x01\0\0\0"), zlib.deflateSync("远山")])),
      pack("zTXt", Buffer.from("broken\0\0not zlib")),
      base.subarray(33),
    ]);
    expect(Object.fromEntries(await readPictureTexts(bytes))).toEqual({
      plain: "café",
      packed: "a text",
      wide: "水墨",
      both: "远山",
    });
    expect((await sharp(bytes).metadata()).width).toBe(8);
  });

  it("are found in the EXIF of a JPEG and a WebP", async () => {
    for (const format of ["jpeg", "webp"] as const) {
      const bytes = await picture()
        .withExif({ IFD0: { ImageDescription: "a description" } })
        .toFormat(format)
        .toBuffer();
      expect((await readPictureTexts(bytes)).get("description")).toBe("a description");
    }
  });

  it("of anything else, and of every cut of a file, are none or fewer, never an error", async () => {
    expect((await readPictureTexts(new Uint8Array())).size).toBe(0);
    expect((await readPictureTexts(Buffer.from("<svg/>"))).size).toBe(0);
    const whole = await png({ parameters: A1111 });
    for (let length = 0; length < whole.length; length += 7) {
      expect((await readPictureTexts(whole.subarray(0, length))).size).toBeLessThanOrEqual(1);
    }
  });
});

describe("recipes of other tools", () => {
  it("of A1111: prompt, negative prompt, numbers; the rest by its name", () => {
    expect(readA1111(A1111)).toEqual({
      source: "a1111",
      prompt: "masterpiece, a cat , sitting",
      negativePrompt: "blurry, text",
      steps: 28,
      guidance: 7,
      seed: 1234567,
      size: "2048x1024",
      model: "realistic_v5",
      others: {
        Sampler: "DPM++ 2M Karras",
        "Model hash": "abc123",
        "Lora hashes": "detail: 9f, other: 1",
        Version: "v1.9.0",
        LoRA: "detail",
      },
    });
    expect(readA1111("just a text")).toBeNull();
    expect(readA1111("a cat\nSteps: 5, Seed: none")).toEqual({
      source: "a1111",
      prompt: "a cat",
      steps: 5,
      others: {},
    });
  });

  it("of ComfyUI: what the sampler says and its wires lead to", () => {
    expect(readComfyUi(JSON.stringify(COMFY))).toEqual({
      source: "comfyui",
      prompt: "a lighthouse",
      negativePrompt: "blurry",
      model: "sd15.safetensors",
      size: "512x768",
      steps: 20,
      guidance: 8,
      seed: 42,
      others: { sampler: "euler", scheduler: "normal", LoRA: "ink.safetensors" },
    });
    for (const text of ["{", "[]", "{}", '{"1":{"class_type":"Note","inputs":{}}}']) {
      expect(readComfyUi(text)).toBeNull();
    }
    const loop = { "1": { class_type: "KSampler", inputs: { positive: ["2", 0] } } };
    const graph = { ...loop, "2": { class_type: "Loop", inputs: { conditioning: ["2", 0] } } };
    expect(readComfyUi(JSON.stringify(graph))).toEqual({ source: "comfyui", others: {} });
  });
});

describe("our own recipe", () => {
  it("comes back exactly, and others read it as A1111's", async () => {
    const bytes = await png({ [OWN_KEY]: writeOwn(OWN), parameters: writeForOthers(OWN) });
    expect(await readRecipe(bytes)).toEqual({
      source: "ours",
      model: OWN.model,
      prompt: OWN.prompt,
      ...OWN.parameters,
      others: {},
    });
    expect(readA1111(writeForOthers(OWN))).toMatchObject({
      prompt: OWN.prompt,
      steps: 20,
      seed: 0,
      size: "1024x768",
      model: OWN.model,
    });
  });

  it("is found before other texts of the same file", async () => {
    const bytes = await png({ parameters: A1111, [OWN_KEY]: writeOwn(OWN) });
    expect((await readRecipe(bytes))?.source).toBe("ours");
    expect((await readRecipe(await png({ parameters: A1111 })))?.source).toBe("a1111");
    expect((await readRecipe(await png({ prompt: JSON.stringify(COMFY) })))?.source).toBe(
      "comfyui",
    );
    expect(await readRecipe(await png({}))).toBeNull();
  });
});

describe("a recipe that is fitted to a model", () => {
  const fitted = (change: object, model = "Qwen/Qwen-Image", usable: readonly string[] = []) =>
    fitRecipe({ source: "a1111", others: {}, ...change }, model, (id) => usable.includes(id));

  it("keeps what fits, and says what it changed or left out", () => {
    const found = readA1111(A1111);
    if (!found) throw new Error("not read");
    const made = fitRecipe(found, "Qwen/Qwen-Image", () => false);
    expect(made.model).toBe("Qwen/Qwen-Image");
    expect(made.parameters).toEqual({
      negativePrompt: "blurry, text",
      size: "1664x832",
      steps: 28,
      guidance: 7,
      seed: 1234567,
    });
    const usedOf = Object.fromEntries(made.notes.map(({ field, used }) => [field, used]));
    expect(usedOf).toMatchObject({ model: null, size: "1664x832", Sampler: null, LoRA: null });
  });

  it("moves sizes into the bounds of the family and keeps their shape", () => {
    const sizes: [string, string, string | undefined][] = [
      ["Qwen/Qwen-Image", "1024x1024", "1024x1024"],
      ["Qwen/Qwen-Image", "1000x1003", "1000x1003"],
      ["Qwen/Qwen-Image", "4096x2048", "1664x832"],
      ["Tongyi-MAI/Z-Image-Turbo", "256x512", "512x1024"],
      ["Tongyi-MAI/Z-Image-Turbo", "100x4000", "512x2048"],
      ["Qwen/Qwen-Image", "0x10", undefined],
      ["Qwen/Qwen-Image", "wide", undefined],
    ];
    expect(sizes.map(([model, size]) => fitted({ size }, model).parameters.size)).toEqual(
      sizes.map(([, , fitted]) => fitted),
    );
  });

  it("moves numbers into their range, but never a seed", () => {
    expect(fitted({ steps: 150, guidance: 1, seed: 2 ** 31 }).parameters).toEqual({
      steps: 100,
      guidance: 1.5,
    });
    expect(fitted({ seed: 0 }).parameters).toEqual({ seed: 0 });
    expect(fitted({ seed: 1.5 }).parameters).toEqual({});
  });

  it("takes a model that can be used, and leaves out what that model ignores", () => {
    const edit = "Qwen/Qwen-Image-Edit-2511";
    const moved = fitted({ model: edit, guidance: 4, negativePrompt: "x" }, "Qwen/Qwen-Image", [
      edit,
    ]);
    expect([moved.model, moved.parameters]).toEqual([edit, {}]);
  });

  it("takes LoRAs of ModelScope's that sum to 1, no others", () => {
    const loras = [
      { id: "a/b", weight: 0.5 },
      { id: "c/d", weight: 0.5 },
    ];
    expect(fitted({ loras }).parameters).toEqual({ loras });
    expect(
      fitted({ loras: loras.slice(0, 1).concat({ id: "e/f", weight: 0.1 }) }).parameters,
    ).toEqual({});
  });
});
