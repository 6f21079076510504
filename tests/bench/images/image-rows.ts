import { setTimeout as pause } from "node:timers/promises";
import { measureStream } from "../chat/load";
import { nowMs } from "../chat/plan";
import type { Stage } from "../chat/server-rows";
import { median, printRow, printValue } from "../rows";

const IMAGE_MODEL = "Tongyi-MAI/Z-Image-Turbo";
const CLICKS = 100;
const WARM_UP = 20;
const GALLERY_ROUNDS = 30;
const TASKS = 500;
const SETTLE_MS = 25_000;
const WATCH_MS = 30_000;

const say = (text: string) => process.stderr.write(`${text}\n`);

async function query<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  const { getPool } = await import("@/lib/server/db/pool");
  return (await getPool().query<Row>(text, values)).rows;
}

/** From the click to the answer that the order is taken, in ms. */
async function measureOrder({ app }: Stage, cookie: string): Promise<number> {
  const startedMs = nowMs();
  const response = await fetch(`${app.url}/api/images`, {
    method: "POST",
    headers: {
      cookie,
      "content-type": "application/json",
      "idempotency-key": crypto.randomUUID(),
      "sec-fetch-site": "same-origin",
    },
    body: JSON.stringify({ model: IMAGE_MODEL, prompt: "How fast?", seed: 7 }),
  });
  await response.arrayBuffer();
  if (response.status !== 202) throw new Error(`order: ${response.status}`);
  return nowMs() - startedMs;
}

/** An order of a picture against the time that the app adds to the first token of an answer. */
async function order(stage: Stage): Promise<void> {
  const plan = { chunks: 1, delayMs: 0 };
  const { app, upstream, cookies } = stage;
  const direct = { kind: "direct", url: upstream.url, upstream: upstream.url } as const;
  const ours = { kind: "ours", url: app.url, upstream: upstream.url } as const;
  const times = { direct: [] as number[], chat: [] as number[], order: [] as number[] };
  for (let round = 0; round < WARM_UP + CLICKS; round += 1) {
    const own = cookies[round + 1] ?? "";
    const found = {
      direct: (await measureStream(direct, plan)).firstMs,
      chat: (await measureStream(ours, plan, cookies[0])).firstMs,
      // Each order is another user's: one picture of a user is made at a time.
      order: await measureOrder(stage, own),
    };
    if (round >= WARM_UP) {
      for (const name of ["direct", "chat", "order"] as const) times[name].push(found[name]);
    }
    await pause(5);
  }
  const added = median(times.chat) - median(times.direct);
  say(`order ${median(times.order).toFixed(2)} ms, chat adds ${added.toFixed(2)} ms`);
  printRow("order-p50", median(times.order), added, 3);
  await query(`delete from "Image"`);
}

/** Pictures that ModelScope works on for ever, one of a user, as a process finds them. */
async function addRunning(count: number): Promise<void> {
  await query(
    `insert into "Image" (id, "batchId", "userId", "idempotencyKey", "bodyHash", model, prompt,
                          parameters, status, "taskId", "nextActionAt", "submittedAt")
     select 'img_run_' || n, 'img_run_' || n, u.id, 'run' || n, 'x', $2, 'running', '{}', 'polling',
            'endless-' || n, now() + random() * interval '2 seconds', now()
     from (select id, row_number() over (order by id) as n from "User") u where n <= $1`,
    [count, IMAGE_MODEL],
  );
}

/** CPU of the server over a while, as a share of one core. */
async function watchCpu({ app }: Stage, ms: number): Promise<number> {
  const before = app.cpuSeconds();
  const startedMs = nowMs();
  await pause(ms);
  return (app.cpuSeconds() - before) / ((nowMs() - startedMs) / 1_000);
}

async function poll500(stage: Stage): Promise<void> {
  const idle = await watchCpu(stage, WATCH_MS / 2);
  await addRunning(TASKS);
  await pause(SETTLE_MS);
  const polled = () =>
    query<{ n: number }>(`select coalesce(sum("pollCount"), 0)::int as n from "Image"`);
  const [before] = await polled();
  const busy = await watchCpu(stage, WATCH_MS);
  const [after] = await polled();
  const rate = ((after?.n ?? 0) - (before?.n ?? 0)) / (WATCH_MS / 1_000);
  say(`idle ${(idle * 100).toFixed(1)} %, ${rate.toFixed(0)} polls a second`);
  if (rate < TASKS / 20) throw new Error("the tasks are not polled");
  printValue("poll500", busy * 100, 10, "% of a core");
  await query(`delete from "Image"`);
}

async function addDone(cookieIndex: number, count: number): Promise<void> {
  await query(
    `insert into "Image" (id, "batchId", "userId", "idempotencyKey", "bodyHash", model, prompt,
                          parameters, status, "storageKey", "thumbKey", "mediaType", "fileWidth",
                          "fileHeight", "sizeBytes", "usedSeed", "isFavourite", "createdAt", "endedAt")
     select id, id, owner, id, 'x', $3, 'A small boat in the mist, number ' || n,
            '{"seed": 7, "size": "1024x1024"}', 'done', 'images/' || id || '.png',
            'thumbs/' || id || '.webp', 'image/png', 1024, 1024, 900000, n, n % 20 = 0, made, made
     from (select 'img_' || $1::int || '_' || n as id, n, now() - n * interval '1 minute' as made,
                  (select id from "User" order by id offset $1::int limit 1) as owner
           from generate_series(1, $2::int) n) rows`,
    [cookieIndex, count, IMAGE_MODEL],
  );
}

/** The page of the gallery as the server makes it, in ms. */
async function measureGallery({ app }: Stage, cookie: string): Promise<number> {
  const startedMs = nowMs();
  const response = await fetch(`${app.url}/images`, { headers: { cookie } });
  const html = await response.text();
  if (!html.includes("A small boat in the mist")) throw new Error("no gallery");
  return nowMs() - startedMs;
}

async function gallery(stage: Stage): Promise<void> {
  const { openSession } = await import("@/lib/server/auth/session");
  const users = await query<{ id: string }>(`select id from "User" order by id limit 2`);
  const [few = "", many = ""] = await Promise.all(
    users.map(
      async ({ id }) => `msp.sid=${await openSession({ id, sessionEpoch: 0, userAgent: null })}`,
    ),
  );
  await addDone(0, 100);
  await addDone(1, 10_000);
  await query("analyze");
  const times = { few: [] as number[], many: [] as number[] };
  for (let round = 0; round < WARM_UP + GALLERY_ROUNDS; round += 1) {
    const found = {
      few: await measureGallery(stage, few),
      many: await measureGallery(stage, many),
    };
    if (round < WARM_UP) continue;
    times.few.push(found.few);
    times.many.push(found.many);
  }
  printRow("gallery", median(times.many), median(times.few), 1.5);
}

export const IMAGE_ROWS: Record<string, (stage: Stage) => Promise<void>> = {
  order,
  poll500,
  gallery,
};
