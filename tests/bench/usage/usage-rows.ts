import pg from "pg";
import { measureStream } from "../chat/load";
import { nowMs } from "../chat/plan";
import type { Stage } from "../chat/server-rows";
import { median, printRow, printValue, quantile } from "../rows";
import { fillLedger, sumLedger } from "./fill";

const FEW = 20_000;
const MANY = 2_000_000;
const WARM_UP = 20;
const ROUNDS = 100;
const CALLS = 20;
const DAYS = 90;
/** Statements that open, settle or mend rows of the ledger. */
const LEDGER_STATEMENTS =
  /^(insert-turn|end-run|sweep|.*(usage|ledger|short-call|limit|caps|used).*)/;

const say = (text: string) => process.stderr.write(`${text}\n`);

/** Past the pool of the app, whose statements may not take as long as a filling. */
async function run<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    return (await client.query<Row>(text, values)).rows;
  } finally {
    await client.end();
  }
}

/** The numbers of 90 days and the newest calls, as the page asks for them, in ms. */
async function measureData({ app }: Stage, cookie: string): Promise<number> {
  const { lastLedgerDays } = await import("@/lib/shared/calendar");
  const [from, to] = [lastLedgerDays(new Date(), DAYS)[0], lastLedgerDays(new Date(), 1)[0]];
  const startedMs = nowMs();
  const answers = await Promise.all(
    [`usage?from=${from}&to=${to}`, `usage/calls?from=${from}&to=${to}`].map((path) =>
      fetch(`${app.url}/api/${path}`, { headers: { cookie } }).then((response) => response.json()),
    ),
  );
  const ms = nowMs() - startedMs;
  if (!(answers[0].total.calls > 0 && answers[1].calls.length > 0)) throw new Error("no usage");
  return ms;
}

/** A search in the ledger that finds nothing, in ms: it looks at every call of the user. */
async function measureSearch({ app }: Stage, cookie: string): Promise<number> {
  const startedMs = nowMs();
  const response = await fetch(
    `${app.url}/api/usage/calls?model=${encodeURIComponent("%_%_none")}`,
    {
      headers: { cookie },
    },
  );
  if ((await response.json()).calls.length > 0) throw new Error("found what is not there");
  return nowMs() - startedMs;
}

/** The whole page as the server makes it, in ms. */
async function measurePage({ app }: Stage, cookie: string): Promise<number> {
  const startedMs = nowMs();
  const response = await fetch(`${app.url}/usage?range=${DAYS}`, { headers: { cookie } });
  const html = await response.text();
  if (!html.includes("usage-calls")) throw new Error("no usage page");
  return nowMs() - startedMs;
}

type Measure = (stage: Stage, cookie: string) => Promise<number>;

async function compare(stage: Stage, measure: Measure, few: string, many: string) {
  const times = { few: [] as number[], many: [] as number[] };
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const found = { few: await measure(stage, few), many: await measure(stage, many) };
    if (round < WARM_UP) continue;
    times.few.push(found.few);
    times.many.push(found.many);
  }
  return times;
}

async function pages(stage: Stage): Promise<void> {
  const { openSession } = await import("@/lib/server/auth/session");
  const users = (await run<{ id: string }>(`select id from "User" order by id`)).map(
    ({ id }) => id,
  );
  const half = users.length / 2;
  const [few, many] = [users.slice(0, half), users.slice(half)];
  const cookieOf = async (id = "") =>
    `msp.sid=${await openSession({ id, sessionEpoch: 0, userAgent: null })}`;
  const [fewCookie, manyCookie] = [await cookieOf(few[0]), await cookieOf(many[0])];
  await fillLedger(run, { rows: FEW, users: few, name: "few" });
  await sumLedger(run);
  const alone = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    alone.push(await measureData(stage, fewCookie));
  }
  say(`${FEW} rows alone: ${median(alone.slice(WARM_UP)).toFixed(2)} ms`);
  await fillLedger(run, { rows: MANY, users: many, name: "many" });
  await sumLedger(run);
  const data = await compare(stage, measureData, fewCookie, manyCookie);
  printRow("usage-data", median(data.many), median(data.few), 1.5);
  printValue("usage-data-p95", quantile(data.many, 0.95), 150, "ms");
  const search = await compare(stage, measureSearch, fewCookie, manyCookie);
  printValue("usage-search", median(search.many), 200, "ms");
  const html = await compare(stage, measurePage, fewCookie, manyCookie);
  printRow("usage-page", median(html.many), median(html.few), 1.5);
}

/** Statements of one answer that touch the ledger, from the question to its end. */
async function statements(stage: Stage): Promise<void> {
  const take = await stage.app.countStatements();
  const target = { kind: "ours", url: stage.app.url, upstream: stage.upstream.url } as const;
  const plan = { chunks: 1, delayMs: 0 };
  await measureStream(target, plan, stage.cookies[0]);
  take();
  for (let call = 0; call < CALLS; call += 1) await measureStream(target, plan, stage.cookies[0]);
  const counts = [...take()].filter(([name]) => LEDGER_STATEMENTS.test(name));
  for (const [name, count] of counts) say(`${name}: ${count / CALLS} a call`);
  const own = counts.filter(([name]) => !name.startsWith("sweep"));
  printValue(
    "usage-statements",
    own.reduce((sum, [, count]) => sum + count, 0) / CALLS,
    2,
    "statements a call",
  );
}

export const USAGE_ROWS: Record<string, (stage: Stage) => Promise<void>> = { pages, statements };
