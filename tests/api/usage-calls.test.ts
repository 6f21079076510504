import { expect, it } from "vitest";
import { GET as listCalls } from "@/app/api/usage/calls/route";
import { GET as exportCsv } from "@/app/api/usage/export.csv/route";
import { toLedgerDay } from "@/lib/shared/calendar";
import type { UsageCall } from "@/lib/shared/schemas/usage";
import { call, createUser, errorOf, rowsOf, type TestUser } from "../support/api";

type Page = { calls: UsageCall[]; nextCursor: string | null };
const NOON = Date.parse("2026-11-20T04:00:00Z");

const pageOf = async (user: TestUser, query: Record<string, string> = {}): Promise<Page> =>
  (await call(listCalls, { user, path: `/api/usage/calls?${new URLSearchParams(query)}` })).json();

const csvOf = async (user: TestUser, query: Record<string, string> = {}) => {
  const response = await call(exportCsv, {
    user,
    path: `/api/usage/export.csv?${new URLSearchParams(query)}`,
  });
  expect(response.status).toBe(200);
  return response;
};

/** So many calls, a second apart, every third of another model, every fifth failed. */
async function addCalls(user: TestUser, count: number, change = ""): Promise<void> {
  await rowsOf(
    `insert into "UsageEntry" (id, "userId", kind, model, protocol, day, status, "isCall", "errorCode", "startedAt")
     select 'use_' || $1 || n, $1, case when n % 2 = 0 then 'chat' else 'image' end::"CallKind",
            case when n % 3 = 0 then 'Org/100%_Model' else 'Org/Plain' end, 'openai', $3,
            case when n % 5 = 0 then 'failed' else 'complete' end::"CallStatus", n % 5 <> 0,
            case when n % 5 = 0 then 'rate_limited' end, $4::timestamptz + n / 2 * interval '1 second'
     from generate_series(1, $2) n ${change}`,
    [user.id, count, toLedgerDay(new Date(NOON)), new Date(NOON)],
  );
}

it("pages through everything once, also where many began in one moment", async () => {
  const user = await createUser();
  await addCalls(user, 130);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Page = await pageOf(user, cursor ? { cursor } : {});
    expect(page.calls.length).toBeLessThanOrEqual(50);
    seen.push(...page.calls.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toHaveLength(130);
  expect(new Set(seen).size).toBe(130);
});

it("filters by kind, result, error, part of a model, trouble and range, all together", async () => {
  const user = await createUser();
  await addCalls(user, 30);
  const count = async (query: Record<string, string>) => (await pageOf(user, query)).calls.length;
  expect(await count({ kind: "image" })).toBe(15);
  expect(await count({ status: "failed" })).toBe(6);
  expect(await count({ error: "rate_limited", kind: "chat" })).toBe(3);
  expect(await count({ troubled: "1" })).toBe(6);
  expect(await count({ model: "plain" })).toBe(20);
  expect(await count({ from: "2026-11-20", to: "2026-11-20" })).toBe(30);
  expect(await count({ from: "2026-11-20T12", to: "2026-11-20T12" })).toBe(30);
  expect(await count({ from: "2026-11-21" })).toBe(0);
  expect(await count({ to: "2026-11-19" })).toBe(0);
});

it("IDR-09: signs of patterns are letters, on a long ledger too, and only one's own is searched", async () => {
  const [user, other] = [await createUser(), await createUser()];
  await addCalls(other, 30);
  await rowsOf(`alter table "UsageEntry" disable trigger "UsageEntry_sums"`);
  await addCalls(user, 100_000);
  await rowsOf(`alter table "UsageEntry" enable trigger "UsageEntry_sums"`);
  const count = async (model: string) => {
    const startedMs = performance.now();
    const { calls } = await pageOf(user, { model });
    return { found: calls.length, ms: performance.now() - startedMs, calls };
  };
  expect((await count("100%_")).found).toBe(50);
  for (const model of ["%", "_"]) expect((await count(model)).found).toBe(50);
  for (const model of ["_".repeat(200), "%_%_%_".repeat(30), "a%b"]) {
    const { found, ms } = await count(model);
    expect(found).toBe(0);
    expect(ms).toBeLessThan(2_000); // the bar is 200 ms on an idle machine: `bench -- usage`
  }
  const long = await call(listCalls, {
    user,
    path: `/api/usage/calls?model=${"%25".repeat(3_000)}`,
  });
  expect(await errorOf(long)).toMatchObject({ status: 400 });
  const own = (await pageOf(user)).calls.every(({ id }) => id.startsWith(`use_${user.id}`));
  expect(own).toBe(true);
});

it("refuses what is no filter", async () => {
  const user = await createUser();
  for (const query of [
    "status=great",
    "error=%3Cb%3E",
    "troubled=yes",
    "kind[not]=chat",
    "where=1",
    "cursor=%7B%7D",
    "from=2026-13-01",
    "from=2026-11-31T05",
  ]) {
    const response = await call(listCalls, { user, path: `/api/usage/calls?${query}` });
    expect([query, response.status]).toEqual([query, 400]);
  }
});

/** The cells of a file, by RFC 4180. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g,
  )) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") rows.push([]);
    if (end === "") break;
  }
  return rows.filter((row) => row.length > 1);
}

it("XSS-13: the file has a byte order mark, quotes as RFC 4180 says, and holds no formula", async () => {
  const user = await createUser();
  await addCalls(user, 9);
  const nasty = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '"=1"',
    "a,b",
    "=cmd|' /C calc'!A0",
  ];
  for (const [index, text] of nasty.entries()) {
    await rowsOf(
      `update "UsageEntry" set "upstreamRequestId" = $2 where id = 'use_' || $3 || $1::int`,
      [index + 1, text, user.id],
    );
  }
  const response = await csvOf(user);
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename="usage-/);
  expect(response.headers.get("x-content-type-options") ?? "nosniff").toBe("nosniff");
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [head = [], ...rows] = readCsv(new TextDecoder().decode(bytes));
  const column = head.indexOf("request_id");
  const written = new Set(rows.map((row) => row[column]));
  for (const text of nasty) {
    const isFormula = /^[=+\-@\t\r]/.test(text);
    expect(written).toContain(isFormula ? `'${text}` : text);
  }
});

it("the file has every row of the filter, however many, and unknown is empty", async () => {
  const user = await createUser();
  await addCalls(user, 4_500);
  const [head = [], ...rows] = readCsv(await (await csvOf(user, { kind: "chat" })).text());
  expect(rows).toHaveLength(2_250);
  const first = Object.fromEntries(head.map((name, index) => [name, rows[0]?.[index]]));
  expect(first).toMatchObject({ kind: "chat", provider: "ModelScope", day: "2026-11-20" });
  expect(first.input_tokens).toBe("");
  expect(new Set(rows.map((row) => row[head.indexOf("call_id")])).size).toBe(2_250);
});
