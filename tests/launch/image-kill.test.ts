import fs from "node:fs";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { ImageView } from "@/lib/shared/schemas/image";
import { submit } from "@/simulator/endpoints/images";
import { type Simulator, startSimulator } from "@/simulator/server";
import { findFreePort, LaunchedApp, makeDirectory } from "../support/launched-app";

const TOKEN = "ms-00000000-0000-4000-8000-000000000001";
const SUBMIT_PATH = "/v1/images/generations";

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ chunkDelayMs: 10 });
});
afterAll(() => simulator.close());
beforeEach(() => {
  simulator.state.requests.length = 0;
  simulator.state.interceptors.clear();
});

type Stage = { app: LaunchedApp; id: string; dataDir: string; database: pg.Client };

async function waitFor<Value>(check: () => Promise<Value> | Value): Promise<NonNullable<Value>> {
  for (const endMs = Date.now() + 20_000; Date.now() < endMs; ) {
    const value = await check();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("waited in vain");
}

const submits = () =>
  simulator.state.requests.filter((request) => request.path === SUBMIT_PATH).length;

async function order(app: LaunchedApp, prompt: string): Promise<string> {
  const response = await app.fetch("/api/images", {
    method: "POST",
    body: { model: "Tongyi-MAI/Z-Image-Turbo", prompt, size: "512x512" },
    headers: { "idempotency-key": crypto.randomUUID() },
  });
  return ((await response.json()) as { image: ImageView }).image.id;
}

async function read(app: LaunchedApp, id: string): Promise<ImageView> {
  return ((await (await app.fetch(`/api/images/${id}`)).json()) as { image: ImageView }).image;
}

const filesOf = (dataDir: string) => {
  const directory = path.join(dataDir, "files/images");
  return fs.existsSync(directory)
    ? fs.readdirSync(directory).filter((name) => !name.endsWith(".tmp"))
    : [];
};

/** Where a process is killed: what leads there, what says that it is there, and what goes on after it. */
type Point = {
  name: string;
  prompt: string;
  /** Before the picture is ordered. */
  prepare?: (app: LaunchedApp) => Promise<unknown>;
  /** After it is ordered. */
  hold?: (stage: Stage) => Promise<unknown>;
  isThere: (stage: Stage) => Promise<unknown> | unknown;
  release?: (stage: Stage) => Promise<unknown> | unknown;
  status: ImageView["status"];
  submits: number;
};

const resultFile = () => [...simulator.state.tasks.values()].at(-1);

const POINTS: Point[] = [
  {
    name: "before it is submitted",
    prompt: "A boat",
    // A question that never ends holds the lane.
    prepare: (app) =>
      app.fetch("/api/chat", {
        method: "POST",
        body: {
          message: { text: "Hello" },
          model: "simulator/endless",
          settings: {},
          idempotencyKey: crypto.randomUUID(),
        },
      }),
    isThere: async ({ app, id }) => (await read(app, id)).status === "new",
    status: "done",
    submits: 1,
  },
  {
    name: "after it is submitted, before its task is known",
    prompt: "A boat",
    prepare: async () => {
      // It arrives and costs; the answer never comes.
      simulator.state.interceptors.set(SUBMIT_PATH, (exchange) => {
        const response = { ...exchange.response, writeHead: () => response, end: () => response };
        submit({ ...exchange, response: response as never });
      });
    },
    isThere: () => submits() === 1,
    status: "unknown",
    submits: 1,
  },
  {
    name: "while its task is polled",
    prompt: "[slow] a boat",
    isThere: async ({ app, id }) => (await read(app, id)).status === "polling",
    release: () => {
      for (const task of simulator.state.tasks.values()) task.pollsLeft = 0;
    },
    status: "done",
    submits: 1,
  },
  {
    name: "after its success, before its file",
    prompt: "[slow] a boat",
    hold: async () => {
      const task = await waitFor(resultFile);
      const file = `/img/${Number(task.id).toString(16).padStart(32, "0")}.png`;
      simulator.state.interceptors.set(file, () => undefined); // not a byte
      task.pollsLeft = 0;
    },
    isThere: () => simulator.state.requests.some((request) => request.path.startsWith("/img/")),
    status: "done",
    submits: 1,
  },
  {
    name: "in the middle of its file",
    prompt: "[drip] a boat",
    isThere: () => simulator.state.requests.some((request) => request.path.startsWith("/img/")),
    // The next process gets it whole.
    release: () => {
      for (const task of simulator.state.tasks.values()) task.prompt = "a boat";
    },
    status: "done",
    submits: 1,
  },
  {
    name: "after its file, before its row",
    prompt: "[slow] a boat",
    hold: async ({ database, id }) => {
      await database.query("begin");
      await database.query(`select 1 from "UsageEntry" where "imageId" = $1 for update`, [id]);
      (await waitFor(resultFile)).pollsLeft = 0;
    },
    isThere: ({ dataDir }) => filesOf(dataDir).length === 1,
    release: ({ database }) => database.query("rollback").catch(() => undefined),
    status: "done",
    submits: 1,
  },
];

async function launch() {
  const dataDir = makeDirectory();
  const env = {
    DATA_DIR: dataDir,
    PORT: String(await findFreePort()),
    MODELSCOPE_API_URL: simulator.url,
    MODELSCOPE_SITE_URL: simulator.url,
    IMAGE_HOSTS: new URL(simulator.url).host,
    RUN_POLL_MS: "100",
    DRAIN_SECONDS: "1",
  };
  const app = await new LaunchedApp({ env }).ready();
  await app.setUp(TOKEN);
  return { app, env, dataDir };
}

for (const point of POINTS) {
  it(`CRA-04 kill -9 ${point.name}: ${point.status} after the next start, one submit`, async () => {
    simulator.state.tasks.clear();
    const { app, env, dataDir } = await launch();
    const database = new pg.Client({
      host: path.join(dataDir, "run"),
      user: "app",
      database: "app",
    });
    await database.connect();
    database.on("error", () => undefined); // it goes away with its server
    await point.prepare?.(app);
    const id = await order(app, point.prompt);
    const stage: Stage = { app, id, dataDir, database };
    await point.hold?.(stage);
    await waitFor(() => point.isThere(stage));
    process.kill(app.serverPid(), "SIGKILL");
    await app.exited();
    await point.release?.(stage);
    simulator.state.interceptors.clear();
    const next = await new LaunchedApp({ env }).ready();
    await next.signIn();
    const image = await waitFor(async () => {
      const found = await read(next, id);
      return ["done", "failed", "unknown"].includes(found.status) ? found : null;
    });
    expect(image.status).toBe(point.status);
    expect(submits()).toBe(point.submits);
    const { calls } = (await (await next.fetch("/api/usage/calls")).json()) as {
      calls: { kind: string }[];
    };
    expect(calls.filter(({ kind }) => kind === "image")).toHaveLength(1);
    const file = await next.fetch(`/api/images/${id}/file`);
    expect(file.status).toBe(point.status === "done" ? 200 : 404);
  });
}
