import { beforeAll, expect, it } from "vitest";
import { GET as listModels } from "@/app/api/models/route";
import { GET as getWeather } from "@/app/api/weather/route";
import type { Model } from "@/lib/shared/schemas/model";
import type { Weather } from "@/lib/shared/schemas/weather";
import { call, createUser, HEALTHY_TOKEN, rowsOf, type TestUser } from "../support/api";
import { ask } from "../support/ask";
import { readUiStream } from "../support/ui-stream";

const GOOD = "Qwen/Qwen3-8B";
const BAD = "Qwen/Qwen3-Coder-30B-A3B-Instruct";
const RARE = "Qwen/Qwen3.5-27B";
const OLD = "ZhipuAI/GLM-5.2";

let user: TestUser;
let seen: Weather;
let models: Model[];

type Event = {
  model: string;
  minutesAgo: number;
  status?: string;
  error?: string;
  firstMs?: number;
};

async function add({ model, minutesAgo, status = "complete", error, firstMs }: Event) {
  await rowsOf(
    `insert into "UsageEntry" (id, "userId", kind, model, protocol, day, status, "isCall", "errorCode",
                               "startedAt", "calledAt", "firstTokenAt")
     select $1, $2, 'chat', $3, 'openai', '2026-11-26', $4::"CallStatus", $4 = 'complete', $5, at,
            at + interval '9 s', at + interval '9 s' + $7 * interval '1 millisecond'
     from (select now() - $6 * interval '1 minute' as at) begun`,
    [
      crypto.randomUUID().replaceAll("-", ""),
      user.id,
      model,
      status,
      error ?? null,
      minutesAgo,
      firstMs ?? null,
    ],
  );
}

beforeAll(async () => {
  user = await createUser({ token: HEALTHY_TOKEN });
  const events: Event[] = [
    ...[100, 200, 300, 400, 1_000].map((firstMs) => ({ model: GOOD, minutesAgo: 10, firstMs })),
    { model: GOOD, minutesAgo: 20, status: "stopped", firstMs: 9_000 },
    { model: GOOD, minutesAgo: 20, status: "failed", error: "balance_empty" },
    { model: BAD, minutesAgo: 5, firstMs: 50 },
    ...[6, 7].map((minutesAgo) => ({
      model: BAD,
      minutesAgo,
      status: "failed",
      error: "rate_limited",
    })),
    { model: BAD, minutesAgo: 8, status: "failed", error: "upstream_down" },
    ...[70, 80, 90, 100].map((minutesAgo) => ({ model: BAD, minutesAgo, firstMs: 50 })),
    { model: RARE, minutesAgo: 5, status: "failed", error: "upstream_down" },
    { model: OLD, minutesAgo: 25 * 60, firstMs: 50 },
  ];
  for (const event of events) await add(event);
  await readUiStream(await ask(user, { model: "simulator/no-provider" }));
  seen = await (await call(getWeather, { user })).json();
  models = (await (await call(listModels, { user })).json()).models;
});

const of = (model: string) => seen.models.find((one) => one.model === model);

it("counts what ended well or failed of the last hour and day; stopping and an empty account say nothing", () => {
  expect(of(GOOD)).toMatchObject({
    sky: "clear",
    hour: { calls: 5, succeeded: 1, limited: 0, p50: 300, p95: 880 },
    instead: null,
  });
  expect(of(BAD)).toMatchObject({
    sky: "stormy",
    hour: { calls: 4, succeeded: 0.25, limited: 0.5, p50: 50 },
    day: { calls: 8, succeeded: 0.625, limited: 0.25 },
  });
  expect(of(RARE)).toMatchObject({ sky: "few", hour: { calls: 1, succeeded: 0 }, instead: null });
  expect(of(OLD)).toBeUndefined();
});

it("offers a model of the same kind that works in the place of one that does not", () => {
  expect(of(BAD)?.instead).toBe(GOOD);
});

it("says since when a model is gone", () => {
  const gone = of("simulator/no-provider");
  expect(Date.parse(gone?.withdrawnAt ?? "")).toBeGreaterThan(Date.now() - 60_000);
  expect(gone?.instead).toBe(GOOD);
});

it("stands in the picker too, and nowhere is a word of what was asked, or who", () => {
  expect(models.find(({ id }) => id === GOOD)?.health).toMatchObject({ sky: "clear" });
  expect(models.find(({ id }) => id === OLD)?.health).toBeNull();
  expect(JSON.stringify(seen)).not.toMatch(/Hello|usr_/);
});
