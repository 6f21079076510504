import { describe, expect, it } from "vitest";
import { post, startQuick, TOKEN, tokenOf } from "./quick";

const simulator = await startQuick();
const { state } = simulator;
const host = new URL(simulator.url).host;
const MODEL = "Tongyi-MAI/Z-Image-Turbo";

/** As the documentation's Python sends it. */
const order = (change: object = {}, headers: Record<string, string> = {}) =>
  post(
    `${simulator.url}/v1/images/generations`,
    { model: MODEL, prompt: "A golden cat", size: "64x64", ...change },
    { headers: { "X-ModelScope-Async-Mode": "true", ...headers } },
  );

const poll = (id: string, headers: Record<string, string> = {}) =>
  fetch(`${simulator.url}/v1/tasks/${id}`, {
    headers: {
      authorization: `Bearer ${TOKEN}`,
      "X-ModelScope-Task-Type": "image_generation",
      ...headers,
    },
  });

const accepted = async (change: object = {}) => {
  const response = await order(change);
  expect(response.status).toBe(200);
  const { task_id }: { task_id: string } = await response.json();
  return task_id;
};

/** The record of a picture once its polls are over. */
async function finished(change: object = {}) {
  const id = await accepted(change);
  const task = state.tasks.get(id);
  if (task) task.pollsLeft = 0;
  return (await poll(id)).json();
}

/** Width and height of a PNG. */
const sidesOf = (bytes: Buffer) => [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
const bytesAt = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());

describe("a picture", () => {
  it("is ordered, polled and fetched as the documentation shows", async () => {
    const submitted = await (await order()).json();
    expect(submitted).toEqual({
      task_status: "SUCCEED",
      task_id: expect.stringMatching(/^\d{7}$/),
      request_id: expect.any(String),
    });
    const seen: string[] = [];
    for (;;) {
      const task = await (await poll(submitted.task_id)).json();
      seen.push(task.task_status);
      if (task.task_status !== "SUCCEED") continue;
      expect(task.output_images[0]).toMatch(new RegExp(`^http://${host}/img/[0-9a-f]{32}\\.png$`));
      expect(sidesOf(await bytesAt(task.output_images[0]))).toEqual([64, 64]);
      expect(Object.keys(task)).toEqual(Object.keys(task).toSorted());
      break;
    }
    expect(seen).toEqual(["PENDING", "RUNNING", "SUCCEED"]);
  });

  it("is done by the clock where that is asked for", async () => {
    state.options.taskMs = 9_000;
    const id = await accepted();
    const statusAfter = async (ms: number) => {
      state.clock.advance(ms);
      return (await (await poll(id)).json()).task_status;
    };
    expect(await statusAfter(0)).toBe("PENDING");
    expect(await statusAfter(4_000)).toBe("RUNNING");
    expect(await statusAfter(5_000)).toBe("SUCCEED");
  });

  it("is not found without its header, under another token or another id", async () => {
    const id = await accepted();
    const notFound = { errors: { code: 500, message: "task not found" }, task_status: "FAILED" };
    const answers = [
      poll(id, { "X-ModelScope-Task-Type": "" }),
      poll(id, { authorization: `Bearer ${tokenOf("0008")}` }),
      poll("1"),
    ];
    for (const answer of answers) expect(await (await answer).json()).toEqual(notFound);
  });

  it("comes at once in the shape of 2025 where that is asked for", async () => {
    state.options.syncImages = true;
    const old = { "X-ModelScope-Async-Mode": "" };
    for (const change of [{}, { model: "simulator/sync-image" }]) {
      const { images } = await (await order(change, old)).json();
      expect(sidesOf(await bytesAt(images[0].url))).toEqual([64, 64]);
      state.options.syncImages = false;
    }
    const taskOnly = await (await order({ model: "simulator/task-only" })).json();
    expect(Object.keys(taskOnly)).toEqual(["task_id"]);
  });

  it("is drawn in to the sizes of Z-Image; other models refuse", async () => {
    const id = await accepted({ size: "30x2500" });
    expect(state.tasks.get(id)).toMatchObject({ width: 64, height: 2048 });
    expect((await order({ model: "Qwen/Qwen-Image", size: "30x64" })).status).toBe(400);
    expect((await order({ size: "64*64" })).status).toBe(400);
    expect(state.tasks.get(await accepted({ size: "" }))).toMatchObject({ width: 1024 });
  });
});

describe("what is refused", () => {
  const edit = "Qwen/Qwen-Image-Edit-2511";
  const half = { "a/b": 0.5, "c/d": 0.5 };
  const seven = Object.fromEntries([..."abcdefg"].map((name) => [`a/${name}`, 1 / 7]));
  const cases: [string, object, number, string?][] = [
    ["one LoRA", { loras: "a/b" }, 200],
    ["two LoRAs", { loras: half }, 200],
    ["a list of LoRAs", { loras: [{ "a/b": 1 }] }, 400, "loras[0] is not a string"],
    ["a single weight", { loras: { "a/b": 0.8 } }, 500, "模型不存在"],
    ["weights beyond 1", { loras: { ...half, "e/f": 0.1 } }, 400, "sum"],
    ["seven LoRAs", { loras: seven }, 400, "at most 6"],
    ["a number of LoRAs", { loras: 3 }, 400, "loras"],
    ["an edit without picture", { model: edit }, 400, "image_url"],
    ["an edit of nonsense", { model: edit, image_url: "cat" }, 400, "image_url"],
    ["an edit of one", { model: edit, image_url: "https://a.example/b.png" }, 200],
    [
      "an edit of two",
      { model: edit, image_url: ["https://a.example/b.png", "data:image/png;base64,AA=="] },
      200,
    ],
    ["no prompt", { prompt: "" }, 400, "prompt"],
    ["a long prompt", { prompt: "x".repeat(2_000) }, 400, "prompt"],
    ["a model that is not served", { model: "black-forest-labs/FLUX.1-dev" }, 400, "no provider"],
    ["a chat model", { model: "Qwen/Qwen3-8B" }, 400, "no provider"],
  ];
  for (const [name, change, status, text = ""] of cases) {
    it(`${name}: ${status}`, async () => {
      const response = await order(change);
      expect(response.status).toBe(status);
      expect(await response.text()).toContain(text);
    });
  }

  it("the synchronous form", async () => {
    const response = await order({}, { "X-ModelScope-Async-Mode": "" });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: { message: expect.stringContaining("does not support synchronous calls") },
      request_id: expect.any(String),
    });
  });

  it("a picture model on the chat endpoint", async () => {
    const body = { model: MODEL, messages: [] };
    expect((await post(`${simulator.url}/v1/chat/completions`, body)).status).toBe(502);
  });
});

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
