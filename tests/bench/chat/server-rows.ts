import { setTimeout as pause } from "node:timers/promises";
import { median, printRow, printValue, quantile } from "../rows";
import type { BenchApp } from "./bench-app";
import { measureStream, measureStreams, openStream, type StreamResult, type Target } from "./load";
import { nowMs, type Plan } from "./plan";
import type { Upstream } from "./upstream";

const ROUNDS = 5;
const MIB = 1_048_576;

export type Stage = { app: BenchApp; upstream: Upstream; cookies: string[] };

const say = (text: string) => process.stderr.write(`${text}\n`);

function targetsOf({ app, upstream }: Stage) {
  const of = (kind: Target["kind"], url: string): Target => ({ kind, url, upstream: upstream.url });
  return {
    direct: of("direct", upstream.url),
    floor: of("floor", app.url),
    ours: of("ours", app.url),
  };
}

/** Fails where anything was lost: a fast answer that is not whole is no answer. */
function requireWhole(results: readonly StreamResult[], { chunks }: Plan): void {
  const bad = results.filter((result) => !result.isComplete || result.chunks !== chunks);
  if (bad.length > 0) throw new Error(`${bad.length} of ${results.length} streams lost something`);
}

async function ttft(stage: Stage): Promise<void> {
  const { direct, floor, ours } = targetsOf(stage);
  const plan = { chunks: 1, delayMs: 0 };
  const times = { direct: [] as number[], floor: [] as number[], ours: [] as number[] };
  for (let round = 0; round < 130; round += 1) {
    for (const target of [direct, floor, ours]) {
      const { firstMs } = await measureStream(target, plan, stage.cookies[0]);
      if (round >= 30) times[target.kind].push(firstMs);
    }
    await pause(5);
  }
  for (const [name, share] of [
    ["ttft-p50", 0.5],
    ["ttft-p95", 0.95],
  ] as const) {
    // What is added to the time that the upstream itself takes.
    const base = quantile(times.direct, 0.5);
    printRow(name, quantile(times.ours, share) - base, quantile(times.floor, share) - base, 1.8);
  }
}

/** Chunks that arrived in a second, all streams together. */
async function rate(target: Target, plan: Plan, count: number, stage: Stage): Promise<number> {
  const startedMs = nowMs();
  requireWhole(await measureStreams(target, plan, count, stage.cookies), plan);
  return (count * plan.chunks) / ((nowMs() - startedMs) / 1_000);
}

async function rate50(stage: Stage): Promise<void> {
  const { floor, ours } = targetsOf(stage);
  const plan = { chunks: 20_000, delayMs: 0 };
  const rates = { floor: [] as number[], ours: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const target of [floor, ours]) {
      const found = await rate(target, plan, 50, stage);
      if (round > 0) rates[target.kind as "floor" | "ours"].push(found);
      await pause(500);
    }
  }
  printRow("rate50", median(rates.ours), median(rates.floor), 0.6, { isLeast: true });
}

/** `rate`: chunks a second of one stream, from its first to its last; starting is another row's matter. */
type Paced = { cpuMicros: number; rate: number; p95Ms: number; steadyP95Ms: number };

/** So many paced streams: CPU of the server and delay per chunk. */
async function runPaced(stage: Stage, target: Target, plan: Plan, count: number): Promise<Paced> {
  const cpuBefore = stage.app.cpuSeconds();
  const results = await measureStreams(target, plan, count, stage.cookies);
  requireWhole(results, plan);
  const chunks = count * plan.chunks;
  return {
    cpuMicros: ((stage.app.cpuSeconds() - cpuBefore) / chunks) * 1_000_000,
    rate: median(
      results.map(({ firstMs, lastMs }) => (plan.chunks - 1) / ((lastMs - firstMs) / 1_000)),
    ),
    p95Ms: quantile(
      results.flatMap(({ delaysMs }) => delaysMs),
      0.95,
    ),
    steadyP95Ms: quantile(
      results.flatMap(({ delaysMs }) => delaysMs.slice(STARTING_MS / plan.delayMs)),
      0.95,
    ),
  };
}

/** Two hundred starts in one moment hold each other up this long. */
const STARTING_MS = 1_000;
const PACED: Plan = { chunks: 300, delayMs: 20 };

/** `cpu200` and `delay200`, of the same rounds. */
async function paced200(stage: Stage): Promise<void> {
  const { direct, floor, ours } = targetsOf(stage);
  const found = { direct: [] as Paced[], floor: [] as Paced[], ours: [] as Paced[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const target of [direct, floor, ours]) {
      const paced = await runPaced(stage, target, PACED, 200);
      if (round > 0) found[target.kind].push(paced);
      say(
        `200 streams, ${target.kind}: ${paced.cpuMicros.toFixed(0)} µs a chunk, p95 ${paced.p95Ms.toFixed(1)} ms`,
      );
      await pause(1_000);
    }
  }
  const of = (kind: keyof typeof found, part: keyof Paced) =>
    median(found[kind].map((one) => one[part]));
  printRow("cpu200", of("ours", "cpuMicros"), of("floor", "cpuMicros"), 1.3);
  const baseMs = of("direct", "p95Ms");
  printRow("delay200", of("ours", "p95Ms") - baseMs, of("floor", "p95Ms") - baseMs, 1.5);
  const steadyMs = of("direct", "steadyP95Ms");
  printRow(
    "delay200-steady",
    of("ours", "steadyP95Ms") - steadyMs,
    of("floor", "steadyP95Ms") - steadyMs,
    1.5,
  );
  printRow("delay200-rate", of("ours", "rate"), of("direct", "rate"), 0.98, { isLeast: true });
}

async function readMemory({ app }: Stage): Promise<{ heapUsed: number; external: number }> {
  return (await fetch(`${app.url}/api/bench/memory`)).json() as never;
}

async function memory(stage: Stage): Promise<void> {
  const { ours } = targetsOf(stage);
  const heaps: number[] = [];
  for (let round = 0; round <= 5; round += 1) {
    await runPaced(stage, ours, { chunks: 150, delayMs: 20 }, 200);
    await pause(2_000);
    heaps.push((await readMemory(stage)).heapUsed);
  }
  const [, first = Number.NaN] = heaps;
  printRow("memory-5-rounds", heaps.at(-1) ?? Number.NaN, first, 1.05);
  const before = await readMemory(stage);
  const leaves: (() => void)[] = [];
  for (let index = 0; index < 200; index += 1) {
    await new Promise<void>((resolve) => {
      void openStream(
        ours,
        { chunks: 1_000_000, delayMs: 1_000 },
        {
          cookie: stage.cookies[index],
          onStart: ({ runId, leave }) => {
            leaves.push(() => {
              void stopRun(stage, runId, index).finally(leave);
            });
            resolve();
          },
        },
      ).catch(() => undefined);
    });
  }
  await pause(2_000);
  const during = await readMemory(stage);
  const bytes = during.heapUsed + during.external - before.heapUsed - before.external;
  printValue("memory-open-stream", bytes / 200 / MIB, 0.15, "MiB");
  for (const leave of leaves) leave();
  await pause(2_000);
}

async function stopRun({ app, cookies }: Stage, runId: string, user: number): Promise<void> {
  const headers = { cookie: cookies[user] ?? "", origin: app.url };
  await fetch(`${app.url}/api/runs/${runId}/stop`, { method: "POST", headers });
}

async function linear(stage: Stage): Promise<void> {
  const { ours } = targetsOf(stage);
  const cpu = {
    long: [] as number[],
    short: [] as number[],
    many: [] as number[],
    few: [] as number[],
  };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const long = await runPaced(stage, ours, { chunks: 20_000, delayMs: 1 }, 4);
    let shortMicros = 0;
    for (let times = 0; times < 20; times += 1) {
      shortMicros += (await runPaced(stage, ours, { chunks: 1_000, delayMs: 1 }, 4)).cpuMicros / 20;
    }
    const many = await runPaced(stage, ours, PACED, 200);
    await pause(500);
    const few = await runPaced(stage, ours, PACED, 50);
    say(`linear: ${long.cpuMicros.toFixed(0)} against ${shortMicros.toFixed(0)} µs a chunk`);
    if (round === 0) continue;
    cpu.long.push(long.cpuMicros);
    cpu.short.push(shortMicros);
    cpu.many.push(many.cpuMicros * 200);
    cpu.few.push(few.cpuMicros * 50);
  }
  printRow("linear-length", median(cpu.long), median(cpu.short), 1.1);
  printRow("linear-streams", median(cpu.many), median(cpu.few), 4.2);
}

async function stop(stage: Stage): Promise<void> {
  const { ours } = targetsOf(stage);
  const times: number[] = [];
  for (let round = 0; round < 45; round += 1) {
    let stoppedMs = 0;
    let closed = Promise.resolve(Number.NaN);
    await openStream(
      ours,
      { chunks: 300, delayMs: 20 },
      {
        cookie: stage.cookies[round],
        onStart: ({ runId }) => {
          setTimeout(() => {
            closed = stage.upstream.nextClose(); // not before: the last round's may still come
            stoppedMs = nowMs();
            void stopRun(stage, runId, round);
          }, 150);
        },
      },
    );
    const closedMs = await closed;
    if (round >= 5) times.push(closedMs - stoppedMs);
  }
  printValue("stop-p95", quantile(times, 0.95), 100, "ms");
}

/** What runs by itself, and is no part of an answer. */
async function readIdleNames(take: () => Map<string, number>): Promise<Set<string>> {
  take();
  await pause(12_000);
  return new Set(take().keys());
}

async function statements(stage: Stage): Promise<void> {
  const take = await stage.app.countStatements();
  const { ours } = targetsOf(stage);
  const plan = { chunks: 2_000, delayMs: 2 };
  await measureStream(ours, plan, stage.cookies[0]);
  const idle = await readIdleNames(take);
  let [all, checkpoints] = [0, 0];
  for (let round = 0; round < 5; round += 1) {
    take();
    requireWhole([await measureStream(ours, plan, stage.cookies[round])], plan);
    await pause(200);
    for (const [name, times] of take()) {
      if (idle.has(name)) continue;
      say(`statement ${name || "(unnamed)"}: ${times}`);
      all += times / 5;
      if (name === "save-checkpoint") checkpoints += times / 5;
    }
  }
  printValue("statements", all, 6 + checkpoints, `statements with ${checkpoints} checkpoints`);
}

/** The rows of the server, by the name that picks them on the command line. */
export const SERVER_ROWS: Record<string, (stage: Stage) => Promise<void>> = {
  ttft,
  rate50,
  paced200,
  memory,
  linear,
  stop,
  statements,
};
