import { describe, expect, it } from "vitest";
import { balanceOf } from "@/simulator/state";
import { tokenOf } from "../support/tokens";
import { createOrders, MODEL, sidesOf } from "./picture-orders";
import { post, startQuick, TOKEN } from "./quick";

const simulator = await startQuick();
const { state } = simulator;
const host = new URL(simulator.url).host;

const { order, poll, accepted } = createOrders(simulator);
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

  it("is paid back, once, when it fails", async () => {
    const id = await accepted({ prompt: "[failed]" });
    expect(balanceOf(state, TOKEN)).toBe(249);
    for (let at = 0; at < 4; at += 1) await (await poll(id)).text();
    expect(balanceOf(state, TOKEN)).toBe(250);
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
