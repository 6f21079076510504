import { afterAll, beforeAll, expect, it } from "vitest";
import { type Simulator, startSimulator } from "@/simulator/server";
import { findFreePort, LaunchedApp, makeDirectory } from "../support/launched-app";
import { readAnswer, startStreaming } from "../support/streaming-answer";

const TOKEN = "ms-00000000-0000-4000-8000-000000000001";
/** What may be lost of an answer when a process is killed: two seconds of the simulator's pace. */
const TWO_SECONDS_OF_TEXT = 2 * 1_000;

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ chunkDelayMs: 10 });
});
afterAll(() => simulator.close());

async function launch() {
  const env = {
    DATA_DIR: makeDirectory(),
    PORT: String(await findFreePort()),
    MODELSCOPE_API_URL: simulator.url,
    MODELSCOPE_SITE_URL: simulator.url,
    IMAGE_HOSTS: new URL(simulator.url).host,
    DRAIN_SECONDS: "1",
  };
  const app = await new LaunchedApp({ env }).ready();
  await app.setUp(TOKEN);
  return { app, env };
}

async function expectKept(app: LaunchedApp, conversationId: string, seen: string) {
  await app.signIn();
  const answer = await readAnswer(app, conversationId);
  expect(answer.question).toBe("Hello");
  expect(answer.status).toBe("interrupted");
  expect(answer.text.length).toBeGreaterThan(0);
  expect(seen.length - answer.text.length).toBeLessThan(TWO_SECONDS_OF_TEXT);
  expect(seen.startsWith(answer.text) || answer.text.startsWith(seen)).toBe(true);
  const { calls } = (await (await app.fetch("/api/usage/calls")).json()) as { calls: object[] };
  expect(calls).toMatchObject([{ status: "interrupted", isCall: true, inputTokens: null }]);
}

it("CRA-01 kill -9 of the app: the launcher ends; after the next start the run reads interrupted with its text", async () => {
  const { app, env } = await launch();
  const { conversationId, seen } = await startStreaming(app);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  process.kill(app.serverPid(), "SIGKILL");
  expect(await app.exited()).toBe(1);
  await expectKept(await new LaunchedApp({ env }).ready(), conversationId, seen());
});

it("CRA-01 kill -9 of the launcher: the next start takes over the database and nothing is missing", async () => {
  const { app, env } = await launch();
  const { conversationId, seen } = await startStreaming(app);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await app.stop("SIGKILL");
  const next = await new LaunchedApp({ env }).ready();
  expect(next.output).toContain("PostgreSQL was still running and is used again");
  await expectKept(next, conversationId, seen());
});

it("kill -9 of the database: it is started again, the answer goes on and is stored", async () => {
  const { app, env } = await launch();
  const { conversationId, seen } = await startStreaming(app);
  const { readFileSync } = await import("node:fs");
  const pid = Number(
    readFileSync(`${env.DATA_DIR}/postgres/postmaster.pid`, "utf8").split("\n")[0],
  );
  process.kill(pid, "SIGKILL");
  const atKill = seen().length;
  for (const endMs = Date.now() + 20_000; Date.now() < endMs; ) {
    if ((await app.fetch("/api/ready")).status === 200 && seen().length > atKill + 500) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  expect(app.output).toContain("PostgreSQL had died and was started again");
  expect(app.hasExited).toBe(false);
  await app.stop("SIGTERM");
  await expectKept(await new LaunchedApp({ env }).ready(), conversationId, seen());
});

it("SIGTERM: readers are told of the restart, the text is stored, the exit is clean", async () => {
  const { app, env } = await launch();
  const { conversationId, seen } = await startStreaming(app);
  expect(await app.stop("SIGTERM")).toBe(0);
  await expectKept(await new LaunchedApp({ env }).ready(), conversationId, seen());
});
