import { describe, expect, it } from "vitest";
import { IMAGE_FAULTS } from "@/simulator/image-faults";
import { createOrders, MODEL, sidesOf } from "./picture-orders";
import { post, startQuick } from "./quick";

const simulator = await startQuick({ dripMs: 20 });
const { state } = simulator;
const host = new URL(simulator.url).host;
const { order, poll, accepted, finished } = createOrders(simulator);

describe("polls that a prompt orders", () => {
  const pollsOf = async (word: string, times: number) => {
    const id = await accepted({ prompt: `[${word}]` });
    const seen: string[] = [];
    for (let at = 0; at < times; at += 1) {
      const response = await poll(id);
      const text = await response.text();
      const status = /"task_status":"(\w+)"/.exec(text)?.[1];
      seen.push(status ?? (response.status === 200 ? "garbage" : String(response.status)));
    }
    return seen;
  };
  const WAIT = "WAITING_FOR_CAPACITY";
  const cases: [string, string[]][] = [
    ["failed", ["PENDING", "RUNNING", "FAILED"]],
    ["lost", ["FAILED", "FAILED", "FAILED"]],
    ["slow", ["PENDING", "PENDING", "PENDING"]],
    ["unknown-status", [WAIT, WAIT, WAIT, "SUCCEED"]],
    ["succeeded", ["PENDING", "RUNNING", "SUCCEEDED"]],
    ["poll-500", ["500", "500", "500"]],
    ["poll-500-twice", ["500", "500", "PENDING"]],
    ["poll-garbage", ["garbage", "garbage", "garbage"]],
    ["poll-garbage-twice", ["garbage", "garbage", "PENDING"]],
    ["poll-429", ["429", "429", "PENDING", "RUNNING", "SUCCEED"]],
  ];
  for (const [word, expected] of cases) {
    it(`[${word}]: ${expected.join(", ")}`, async () => {
      expect(await pollsOf(word, expected.length)).toEqual(expected);
    });
  }

  it("and records that lack something", async () => {
    expect(await finished({ prompt: "[no-output]" })).toMatchObject({ output_images: [] });
    expect(await finished({ prompt: "[no-input]" })).not.toHaveProperty("input");
    const captured = { task_id: "", input: { outputs: {} }, task_status: "SUCCEED" };
    expect(await finished({ prompt: "[capture-b]" })).toMatchObject(captured);
  });

  it("and submits that are never answered", async () => {
    const before = state.tasks.size;
    await expect(order({ prompt: "[reset]" })).rejects.toThrow();
    const body = { model: MODEL, prompt: "[submit-timeout]" };
    const silent = post(`${simulator.url}/v1/images/generations`, body, {
      headers: { "x-modelscope-async-mode": "true" },
      signal: AbortSignal.timeout(200),
    });
    await expect(silent).rejects.toThrow(/timeout/);
    expect(state.tasks.size).toBe(before + 2);
  });
});

describe("where a prompt says the picture is", () => {
  const cases: [string, RegExp][] = [
    ["url-other-host", /^https:\/\/pictures\.example\.com\/img\//],
    ["url-http", /^http:\/\/muse-ai\.oss-cn-hangzhou\.aliyuncs\.com\/img\//],
    ["url-ip", /^https:\/\/203\.0\.113\.7\/img\//],
    ["url-port", /^https:\/\/muse-ai\.oss-cn-hangzhou\.aliyuncs\.com:8443\/img\//],
    ["url-credentials", new RegExp(`^http://user:pw@${host}/img/`)],
    ["url-data", /^data:image\/png;base64,/],
    ["url-file", /^file:\/\/\//],
    ["url-internal", /^https:\/\/muse-ai\.oss-cn-hangzhou-internal\.aliyuncs\.com\/img\//],
  ];
  for (const [word, expected] of cases) {
    it(`[${word}]`, async () => {
      const { output_images } = await finished({ prompt: `[${word}]` });
      expect(output_images[0]).toMatch(expected);
    });
  }
});

type File = { status: number; type: string | null; bytes: Buffer; isBroken: boolean };

/** Fetches the file of a picture, at most a megabyte of it and for at most half a second. */
async function fileOf(word: string): Promise<File & { headers: Headers }> {
  const { output_images } = await finished({ prompt: `[${word}]` });
  const signal = AbortSignal.timeout(500);
  const response = await fetch(output_images[0], { redirect: "manual", signal });
  const parts: Uint8Array[] = [];
  let length = 0;
  let isBroken = false;
  try {
    for await (const part of response.body ?? []) {
      parts.push(part);
      length += part.length;
      if (length > 2 ** 20) break;
    }
  } catch {
    isBroken = true;
  }
  const { status, headers } = response;
  return {
    status,
    type: headers.get("content-type"),
    bytes: Buffer.concat(parts),
    isBroken,
    headers,
  };
}

const isPng = (bytes: Buffer) => bytes.subarray(1, 4).toString() === "PNG";

/** What is true of each file; `length` is the header. */
const FILES: Record<string, (file: File, length: number) => boolean> = {
  gone: ({ status, bytes }) => status === 404 && bytes.includes("NoSuchKey"),
  expired: ({ status, bytes }) => status === 403 && bytes.includes("AccessDenied"),
  "not-a-picture": ({ type, bytes }) => type === "image/png" && bytes.includes("<!doctype"),
  html: ({ type, bytes }) => type === "text/html" && bytes.includes("<!doctype"),
  "wrong-type": ({ type, bytes }) => type === "application/pdf" && isPng(bytes),
  partial: ({ status, bytes }, length) => status === 206 && isPng(bytes) && bytes.length === length,
  "zero-bytes": ({ status, bytes }) => status === 200 && bytes.length === 0,
  truncated: ({ bytes, isBroken }, length) => isBroken && bytes.length < length,
  "length-too-big": ({ bytes }, length) => length > 2 ** 32 && bytes.length > 2 ** 20,
  endless: ({ bytes }, length) => length === 0 && bytes.length > 2 ** 20,
  "gzip-bomb": ({ bytes }) => bytes.length > 2 ** 20 && bytes.every((byte) => byte === 0),
  drip: ({ bytes, isBroken }) => isBroken && bytes.length > 1 && bytes.length < 40,
  jpeg: ({ type, bytes }) => type === "image/jpeg" && bytes.readUInt16BE(0) === 0xffd8,
};

describe("files that a prompt orders", () => {
  for (const [word, isRight] of Object.entries(FILES)) {
    it(`[${word}]`, async () => {
      const { headers, ...file } = await fileOf(word);
      expect(isRight(file, Number(headers.get("content-length") ?? 0))).toBe(true);
    });
  }

  it("redirects", async () => {
    state.options.redirectTo = "http://169.254.169.254/latest";
    const locationOf = async (word: string) => (await fileOf(word)).headers.get("location");
    expect(await locationOf("redirect-internal")).toBe("http://169.254.169.254/latest");
    expect(await locationOf("redirect-other")).toMatch(/^https:\/\/pictures\.example\.com\/img\//);
    expect(await locationOf("redirect-loop")).toMatch(/^\/img\/[0-9a-f]{32}\.png$/);
    const chain = await finished({ prompt: "[redirect-chain]" });
    const response = await fetch(chain.output_images[0]);
    expect(response.url).toContain("hop=12");
    expect(sidesOf(Buffer.from(await response.arrayBuffer()))).toEqual([64, 64]);
  });

  it("are all in this table", () => {
    const words = Object.entries(IMAGE_FAULTS).flatMap(([word, fault]) =>
      "file" in fault ? [word] : [],
    );
    const tested = [...Object.keys(FILES), ...words.filter((word) => word.startsWith("redirect-"))];
    expect(tested.sort()).toEqual(words.sort());
  });
});
