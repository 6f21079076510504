import { describe, expect, it } from "vitest";
import { GET as getFile } from "@/app/api/images/[id]/file/route";
import { GET as getImage } from "@/app/api/images/[id]/route";
import { POST as createImage, GET as listImages } from "@/app/api/images/route";
import { IMAGE_PARAMS } from "@/lib/shared/image-params";
import type { ImageView } from "@/lib/shared/schemas/image";
import {
  call,
  createUser,
  errorOf,
  getSimulator,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
} from "../support/api";
import {
  IMAGE_MODEL,
  imageLedgerRowOf,
  order,
  ordered,
  SUBMIT_PATH,
  untilEnded,
} from "../support/order";

describe("a picture that goes well", () => {
  it("is submitted once, polled, copied, stored and booked", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user, { seed: 0 });
    const image = await untilEnded(user, id);
    expect(image).toMatchObject({
      status: "done",
      width: 512,
      height: 512,
      mediaType: "image/png",
      usedSeed: 0,
    });
    const file = await call(getFile, { user, params: { id } });
    expect(file.headers.get("content-type")).toBe("image/png");
    expect(file.headers.get("cache-control")).toBe("private, no-store");
    const bytes = new Uint8Array(await file.arrayBuffer());
    expect([...bytes.slice(1, 4)]).toEqual([..."PNG"].map((c) => c.charCodeAt(0)));
    expect(bytes.byteLength).toBe(image.sizeBytes);
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
    expect(await imageLedgerRowOf(id)).toMatchObject({
      status: "complete",
      isCall: true,
      kind: "image",
    });
    const list = await (await call(listImages, { user })).json();
    expect(list.images.map((row: ImageView) => row.id)).toEqual([id]);
  });

  it("never names ModelScope's own address of the picture", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user);
    await untilEnded(user, id);
    const text = await (await call(getImage, { user, params: { id } })).text();
    expect(text).not.toContain("/img/");
    expect(text).not.toContain(new URL(getSimulator().url).host);
    expect(text).not.toContain("taskId");
  });

  it("differs with the seed and is the same with the same seed", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const bytesOf = async (seed: number) => {
      const { id } = await ordered(user, { seed });
      await untilEnded(user, id);
      return Buffer.from(
        await (await call(getFile, { user, params: { id } })).arrayBuffer(),
      ).toString("base64");
    };
    const [a, b, c] = [await bytesOf(1), await bytesOf(2), await bytesOf(1)];
    expect(a).not.toBe(b);
    expect(a).toBe(c);
  });
});

describe("what is sent", () => {
  const values: Record<string, string | number> = {
    negativePrompt: "blurry",
    size: "512x768",
    steps: 1,
    guidance: 1.5,
    seed: 0,
  };
  it("has every parameter under its wire name when all are set", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user, values);
    await untilEnded(user, id);
    const wire = Object.fromEntries(IMAGE_PARAMS.map(({ key, wire }) => [wire, values[key]]));
    expect(requestsTo(SUBMIT_PATH)[0]?.body).toEqual({
      model: IMAGE_MODEL,
      prompt: "A golden cat",
      ...wire,
    });
    expect(requestsTo(SUBMIT_PATH)[0]?.headers["x-modelscope-async-mode"]).toBe("true");
  });

  it("has nothing but model and prompt when nothing is set", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await ordered(user, { size: undefined });
    await untilEnded(user, id);
    expect(requestsTo(SUBMIT_PATH)[0]?.body).toEqual({
      model: IMAGE_MODEL,
      prompt: "A golden cat",
    });
  });

  const refused: [string, object, string][] = [
    ["steps 0", { steps: 0 }, "steps"],
    ["steps 101", { steps: 101 }, "steps"],
    ["guidance 1.4", { guidance: 1.4 }, "guidance"],
    ["guidance 20.1", { guidance: 20.1 }, "guidance"],
    ["seed -1", { seed: -1 }, "seed"],
    ["seed 2^31", { seed: 2 ** 31 }, "seed"],
    ["half a seed", { seed: 0.5 }, "seed"],
    ["a seed as text", { seed: "1" }, "seed"],
    ["a size below the family's", { size: "511x512" }, "size"],
    ["a size above the family's", { size: "512x2049" }, "size"],
    ["a size of another form", { size: "512*512" }, "size"],
    ["no prompt", { prompt: "" }, "prompt"],
    ["blanks as prompt", { prompt: "   " }, "prompt"],
    ["a prompt of 2,000 characters", { prompt: "x".repeat(2_000) }, "prompt"],
    ["an unknown key", { n: 4 }, "n"],
    [
      "an edit model without a picture",
      { model: "Qwen/Qwen-Image-Edit-2511", size: "512x512" },
      "model",
    ],
  ];
  for (const [name, change, field] of refused) {
    it(`refuses ${name} before any call, with the field named`, async () => {
      const user = await createUser({ token: HEALTHY_TOKEN });
      const error = await errorOf(await order(user, change));
      expect(error).toMatchObject({ status: 400, code: "invalid_request" });
      expect(Object.keys(error.fields ?? {})).toEqual([field]);
      expect(await rowsOf(`select id from "Image" where "userId" = $1`, [user.id])).toEqual([]);
      expect(requestsTo(SUBMIT_PATH)).toEqual([]);
    });
  }

  it("refuses a missing key and a missing token", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const body = { model: IMAGE_MODEL, prompt: "x" };
    const keyless = await errorOf(await call(createImage, { method: "POST", user, body }));
    expect(Object.keys(keyless.fields ?? {})).toEqual(["idempotency-key"]);
    expect(await errorOf(await order(await createUser()))).toMatchObject({
      status: 409,
      code: "token_missing",
    });
  });
});
