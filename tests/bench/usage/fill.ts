/** Runs SQL on the database that is filled. */
export type Run = (text: string, values?: unknown[]) => Promise<unknown>;

const MODELS = [
  "Qwen/Qwen3.5-397B-A17B",
  "deepseek-ai/DeepSeek-V4-Pro",
  "ZhipuAI/GLM-5.2",
  "Qwen/Qwen3-Coder-30B-A3B-Instruct",
  "Qwen/Qwen3.5-35B-A3B",
  "Tongyi-MAI/Z-Image-Turbo",
];

/**
 * Fills the ledger with calls of the last 90 days, spread evenly over users and models: nine of ten
 * complete, the others in every way a call may end. The same numbers come with every run. The sums are
 * made by {@link sumLedger}.
 */
export async function fillLedger(
  run: Run,
  { rows, users, name }: { rows: number; users: readonly string[]; name: string },
): Promise<void> {
  await run(`alter table "UsageEntry" disable trigger "UsageEntry_sums"`);
  await run(
    `with people as (
       select id, place - 1 as place, count(*) over () as count
       from unnest($2::text[]) with ordinality as people(id, place)),
     wanted as (
       select n, hashint4extended(n::int, 1) & 1023 as dice, hashint4extended(n::int, 2) & 65535 as fine,
              now() - interval '90 days' * (hashint4extended(n::int, 3) & 1048575) / 1048576.0 as at
       from generate_series(1, $1::bigint) n
     )
     insert into "UsageEntry" (id, "userId", kind, model, protocol, day, status, "isCall", "errorCode",
       "inputTokens", "outputTokens", "tokenSource", "priceHalfCredits", "priceSource", "startedAt",
       "calledAt", "firstTokenAt", "endedAt")
     select $4 || n, p.id,
       (case when n % 6 = 5 then 'image' when n % 6 = 4 then 'vision' else 'chat' end)::"CallKind",
       ($3::text[])[n % 6 + 1], case when n % 6 = 5 then 'modelscope' else 'openai' end,
       to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM-DD'),
       (case when dice < 920 then 'complete' when dice < 950 then 'stopped' when dice < 970 then 'interrupted' else 'failed' end)::"CallStatus",
       dice < 970,
       case when dice < 950 then null when dice < 970 then 'interrupted' when dice < 1000 then 'rate_limited' else 'upstream_down' end,
       case when n % 6 < 5 and dice < 920 then 100 + fine % 3000 end,
       case when n % 6 < 5 and dice < 920 then 50 + fine % 900 end,
       (case when n % 6 < 5 and dice < 920 then 'reported' else 'none' end)::"TokenSource",
       case when n % 6 = 3 then null else 1 + n % 3 end, case when n % 6 = 3 then null else 'listed' end,
       at, at, case when n % 6 < 5 and dice < 970 then at + (200 + exp(fine / 65536.0 * 4) * 90) * interval '1 millisecond' end,
       at + (6000 + fine / 8) * interval '1 millisecond'
     from wanted join people p on p.place = wanted.n / 6 % p.count
     order by at`,
    [rows, users, MODELS, `use_${name}_`],
  );
  await run(`alter table "UsageEntry" enable trigger "UsageEntry_sums"`);
}

/** What the ledger's trigger would have kept of every row, in three statements. */
export async function sumLedger(run: Run): Promise<void> {
  await run(`truncate "UsageSum", "UsageHour", "UsageLatency"`);
  await run(
    `insert into "UsageSum" ("userId", span, model, kind, status, "errorCode", calls, attempts, reported,
       "inputTokens", "outputTokens", "reasoningTokens", priced, "halfCredits", "timedTokens", "timedMs")
     select "userId", span, model, kind, status, coalesce("errorCode", ''),
       count(*) filter (where "isCall"), count(*) filter (where not "isCall"),
       count(*) filter (where "isCall" and "tokenSource" <> 'none'),
       coalesce(sum("inputTokens") filter (where "isCall" and "tokenSource" <> 'none'), 0),
       coalesce(sum("outputTokens") filter (where "isCall" and "tokenSource" <> 'none'), 0), 0,
       count(*) filter (where "isCall" and "priceHalfCredits" is not null),
       coalesce(sum("priceHalfCredits") filter (where "isCall"), 0),
       coalesce(sum("outputTokens") filter (where "isCall" and "firstTokenAt" is not null), 0),
       coalesce(sum(round(extract(epoch from "endedAt" - "firstTokenAt") * 1000))
         filter (where "isCall" and "outputTokens" is not null), 0)
     from "UsageEntry", lateral unnest(array[day, left(day, 7)]) span group by 1, 2, 3, 4, 5, 6`,
  );
  await run(
    `insert into "UsageHour" ("userId", span, weekday, hour, calls, attempts)
     select "userId", span, extract(isodow from day::date)::int, extract(hour from "startedAt" at time zone 'Asia/Shanghai')::int,
       count(*) filter (where "isCall"), count(*) filter (where not "isCall")
     from "UsageEntry", lateral unnest(array[day, left(day, 7)]) span group by 1, 2, 3, 4`,
  );
  await run(
    `insert into "UsageLatency" ("userId", span, model, ms, calls)
     select "userId", span, model, latency_step(ms), count(*)
     from (select *, round(extract(epoch from "firstTokenAt" - "calledAt") * 1000) as ms
           from "UsageEntry" where "isCall" and "firstTokenAt" is not null) e,
       lateral unnest(array[day, left(day, 7)]) span
     group by 1, 2, 3, 4`,
  );
  await run("analyze");
}
