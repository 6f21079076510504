import { expect, it } from "vitest";
import { newId } from "@/lib/shared/ids";
import { createUser, rowsOf, type TestUser } from "../support/api";

const MODELS = ["a/one", "b/two"];
const KINDS = ["chat", "vision", "image", "edit"];
const STATUSES = ["open", "complete", "stopped", "interrupted", "failed", "unknown"];
const ERRORS = [null, "rate_limited", "upstream_down"];

/** Numbers that look random and are the same in every run. */
function createRandom(seed: number) {
  let state = seed;
  const next = () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
  return {
    below: (limit: number) => Math.floor(next() * limit),
    of: <Value>(values: readonly Value[]): Value =>
      values[Math.floor(next() * values.length)] as Value,
  };
}
type Random = ReturnType<typeof createRandom>;

/** An ending of some kind, as one of the many statements that settle would write it. */
function toEnding(random: Random) {
  const isReported = random.below(2) === 0;
  return [
    random.of(STATUSES),
    random.below(2) === 0,
    random.of(ERRORS),
    isReported ? random.below(5_000) : null,
    isReported ? random.below(5_000) : null,
    isReported ? "reported" : "none",
    random.of([null, 1, 2, 3]),
    random.of([null, random.below(90_000)]),
    random.below(120_000),
  ];
}

const ENDING = `status = $2::"CallStatus", "isCall" = $3, "errorCode" = $4, "inputTokens" = $5,
  "outputTokens" = $6, "tokenSource" = $7::"TokenSource", "priceHalfCredits" = $8,
  "firstTokenAt" = "startedAt" + $9 * interval '1 ms', "endedAt" = "startedAt" + $10 * interval '1 ms'`;

async function begin(user: TestUser, random: Random): Promise<string> {
  const id = newId("usage");
  const at = new Date(Date.UTC(2026, 9, 29) + random.below(5 * 86_400_000));
  await rowsOf(
    `insert into "UsageEntry" (id, "userId", kind, model, protocol, day, "startedAt")
     values ($1, $2, $3::"CallKind", $4, 'openai',
             to_char($5::timestamptz at time zone 'Asia/Shanghai', 'YYYY-MM-DD'), $5)`,
    [id, user.id, random.of(KINDS), random.of(MODELS), at],
  );
  return id;
}

/** The sums of days and months as the trigger keeps them, and as the ledger itself has them. */
async function sums(user: TestUser) {
  const kept = await rowsOf(
    `select span, model, kind::text, status::text, "errorCode", calls, attempts, reported,
            "inputTokens"::int, "outputTokens"::int, priced, "halfCredits"::int,
            "timedTokens"::int, "timedMs"::int
     from "UsageSum" where "userId" = $1 and calls + attempts > 0 order by 1, 2, 3, 4, 5`,
    [user.id],
  );
  const counted = await rowsOf(
    `select span, model, kind::text, status::text, coalesce("errorCode", '') as "errorCode",
            count(*) filter (where "isCall")::int as calls,
            count(*) filter (where not "isCall")::int as attempts,
            count(*) filter (where "isCall" and "tokenSource" <> 'none')::int as reported,
            coalesce(sum("inputTokens") filter (where "isCall" and "tokenSource" <> 'none'), 0)::int
              as "inputTokens",
            coalesce(sum("outputTokens") filter (where "isCall" and "tokenSource" <> 'none'), 0)::int
              as "outputTokens",
            count(*) filter (where "isCall" and "priceHalfCredits" is not null)::int as priced,
            coalesce(sum("priceHalfCredits") filter (where "isCall"), 0)::int as "halfCredits",
            coalesce(sum("outputTokens") filter (where "isCall" and "endedAt" > "firstTokenAt"), 0)::int
              as "timedTokens",
            coalesce(sum(round(extract(epoch from "endedAt" - "firstTokenAt") * 1000))
              filter (where "isCall" and "outputTokens" is not null and "endedAt" > "firstTokenAt"), 0)::int
              as "timedMs"
     from "UsageEntry", lateral unnest(array[day, left(day, 7)]) span
     where "userId" = $1 and status <> 'open' group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`,
    [user.id],
  );
  return { kept, counted };
}

/** The same of weekdays and hours. */
async function hours(user: TestUser) {
  const kept = await rowsOf(
    `select span, weekday, hour, calls, attempts from "UsageHour"
     where "userId" = $1 and calls + attempts > 0 order by 1, 2, 3`,
    [user.id],
  );
  const counted = await rowsOf(
    `select span, extract(isodow from at)::int as weekday, extract(hour from at)::int as hour,
            count(*) filter (where "isCall")::int as calls,
            count(*) filter (where not "isCall")::int as attempts
     from (select *, "startedAt" at time zone 'Asia/Shanghai' as at from "UsageEntry") e,
          lateral unnest(array[day, left(day, 7)]) span
     where "userId" = $1 and status <> 'open' group by 1, 2, 3 order by 1, 2, 3`,
    [user.id],
  );
  return { kept, counted };
}

it("TIM-02: the sums are the ledger's, whatever is opened, settled, reopened, settled late or deleted", async () => {
  for (const seed of [1, 2, 3]) {
    const random = createRandom(seed);
    const user = await createUser();
    const ids: string[] = [];
    for (let step = 0; step < 120; step += 1) {
      const act = random.below(10);
      if (act < 4 || ids.length === 0) ids.push(await begin(user, random));
      else if (act < 9) {
        await rowsOf(`update "UsageEntry" set ${ENDING} where id = $1`, [
          random.of(ids),
          ...toEnding(random),
        ]);
      } else {
        await rowsOf(`delete from "UsageEntry" where id = $1`, [random.of(ids)]);
      }
    }
    const { kept, counted } = await sums(user);
    expect(counted.length).toBeGreaterThan(5);
    expect(kept).toEqual(counted);
    expect(new Set(counted.map(({ span }) => String(span).slice(0, 7))).size).toBe(2);
    const byHour = await hours(user);
    expect(byHour.counted.length).toBeGreaterThan(5);
    expect(byHour.kept).toEqual(byHour.counted);
    const [least] = await rowsOf(
      `select min(least(calls, attempts, reported))::int as n from "UsageSum" where "userId" = $1`,
      [user.id],
    );
    expect(least?.n).toBe(0);
  }
});

it("many at once for one user: none is lost, none waits for another for ever", async () => {
  const random = createRandom(9);
  const user = await createUser();
  const ids: string[] = [];
  for (let index = 0; index < 40; index += 1) ids.push(await begin(user, random));
  const halves = [ids.slice(0, 20), ids.slice(20)];
  await Promise.all([
    ...halves.map((half) =>
      rowsOf(`update "UsageEntry" set status = 'complete', "isCall" = true where id = any($1)`, [
        half,
      ]),
    ),
    ...ids.map((id) =>
      rowsOf(
        `update "UsageEntry" set "tokenSource" = 'reported', "inputTokens" = 1 where id = $1`,
        [id],
      ),
    ),
  ]);
  const { kept, counted } = await sums(user);
  expect(kept).toEqual(counted);
});

it("old rows can go while their sums stay, and a deleted user takes all along", async () => {
  const random = createRandom(4);
  const user = await createUser();
  const id = await begin(user, random);
  await rowsOf(`update "UsageEntry" set status = 'complete', "isCall" = true where id = $1`, [id]);
  await rowsOf(
    `with keep as (select set_config('msp.keeps_sums', 'on', true))
     delete from "UsageEntry" using keep where id = $1`,
    [id],
  );
  const kept = await rowsOf(`select calls from "UsageSum" where "userId" = $1`, [user.id]);
  expect(kept).toEqual([{ calls: 1 }, { calls: 1 }]);
  await rowsOf(`delete from "User" where id = $1`, [user.id]);
  expect(await rowsOf(`select calls from "UsageSum" where "userId" = $1`, [user.id])).toEqual([]);
});

/** The nearest of 24 steps a decade. */
const toStep = (ms: number) => Math.round(10 ** (Math.round(24 * Math.log10(ms)) / 24));

it("first-token times are kept within 5 %, by day and by month, the waiting in line left out", async () => {
  const user = await createUser();
  const random = createRandom(5);
  for (const ms of [7, 99, 104, 995, 1_449, 12_499]) {
    const id = await begin(user, random);
    await rowsOf(
      `update "UsageEntry" set status = 'complete', "isCall" = true,
         "calledAt" = "startedAt" + interval '3 s',
         "firstTokenAt" = "startedAt" + interval '3 s' + $2 * interval '1 ms' where id = $1`,
      [id, ms],
    );
    expect(Math.abs(toStep(ms) - ms) / ms).toBeLessThan(0.06);
    const found = await rowsOf(
      `select l.span from "UsageLatency" l join "UsageEntry" e on e.id = $3
       where l."userId" = $1 and l.ms = $2 and l.calls > 0 and l.span in (e.day, left(e.day, 7))`,
      [user.id, toStep(ms), id],
    );
    expect(found, String(ms)).toHaveLength(2);
    await rowsOf(`delete from "UsageEntry" where id = $1`, [id]);
  }
  const left = await rowsOf(`select 1 from "UsageLatency" where "userId" = $1 and calls <> 0`, [
    user.id,
  ]);
  expect(left).toEqual([]);
});
