import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Simulator, startSimulator } from "@/simulator/server";
import { frame } from "../support/frame";
import { findFreePort, LaunchedApp, makeDirectory } from "../support/launched-app";
import { startNginx } from "../support/nginx";

const TOKEN = "ms-00000000-0000-4000-8000-000000000001";
const CHAT_PATH = "/v1/chat/completions";
/** More than the pause between two keep-alives, less than the upstream's silence below. */
const IDLE_SECONDS = 12;
const SILENT_MS = 14_000;

const nginx = process.env.NGINX_PROGRAM;

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({});
});
afterAll(() => simulator.close());

async function launchBehind(program: string): Promise<LaunchedApp> {
  const [port, target] = [await findFreePort(), await findFreePort()];
  const env = {
    APP_URL: `http://localhost:${port}`,
    DATA_DIR: makeDirectory(),
    PORT: String(target),
    MODELSCOPE_API_URL: simulator.url,
    MODELSCOPE_SITE_URL: simulator.url,
    IMAGE_HOSTS: new URL(simulator.url).host,
    DRAIN_SECONDS: "1",
  };
  const app = new LaunchedApp({ env });
  await startNginx(program, { port, target, idleSeconds: IDLE_SECONDS });
  await app.ready();
  await app.setUp(TOKEN);
  return app;
}

async function* readAnswer(app: LaunchedApp): AsyncGenerator<string> {
  const body = {
    message: { text: "Hello" },
    model: "Qwen/Qwen3.5-27B",
    settings: {},
    idempotencyKey: crypto.randomUUID(),
  };
  const response = await app.fetch("/api/chat", { method: "POST", body });
  expect(response.headers.get("content-encoding")).toBeNull();
  const decoder = new TextDecoder();
  let all = "";
  for await (const chunk of response.body ?? []) {
    all += decoder.decode(chunk, { stream: true });
    yield all;
  }
}

describe.skipIf(!nginx)("STR-20 behind nginx with its defaults", () => {
  it("passes each piece on as it comes, and a silent upstream keeps the answer open", async () => {
    const app = await launchBehind(nginx ?? "");
    let goOn: () => void = () => undefined;
    const isSeen = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    simulator.state.interceptors.set(CHAT_PATH, async ({ response }) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(frame({ content: "first" }));
      // Nothing more comes before the reader has seen what there is: a proxy that holds it back would wait for ever.
      await isSeen;
      await new Promise((resolve) => setTimeout(resolve, SILENT_MS));
      response.write(frame({ content: "last" }));
      response.end(frame({}, "stop"));
    });
    let all = "";
    for await (const read of readAnswer(app)) {
      all = read;
      if (all.includes("first")) goOn();
    }
    expect(all).toContain(": keep-alive");
    expect(all).toMatch(/"delta":"last"[\s\S]*"type":"finish"[\s\S]*"status":"complete"/);
  });
});
