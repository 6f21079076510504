-- Sums of long ranges read whole months: what the day has is kept once more by month, as "UsageLatency" has it.
ALTER TABLE "UsageDay" RENAME TO "UsageSum";
ALTER TABLE "UsageSum" RENAME COLUMN "day" TO "span";
ALTER TABLE "UsageSum" RENAME CONSTRAINT "UsageDay_pkey" TO "UsageSum_pkey";
ALTER TABLE "UsageSum" RENAME CONSTRAINT "UsageDay_userId_fkey" TO "UsageSum_userId_fkey";
ALTER INDEX "UsageDay_day_idx" RENAME TO "UsageSum_span_idx";

-- A month has no weekday of its own.
ALTER TABLE "UsageHour" RENAME COLUMN "day" TO "span";
ALTER TABLE "UsageHour" ADD COLUMN "weekday" INTEGER;
UPDATE "UsageHour" SET "weekday" = extract(isodow FROM span::date)::int;
ALTER TABLE "UsageHour" ALTER COLUMN "weekday" SET NOT NULL;
ALTER TABLE "UsageHour" DROP CONSTRAINT "UsageHour_pkey";
ALTER TABLE "UsageHour" ADD CONSTRAINT "UsageHour_pkey" PRIMARY KEY ("userId","span","weekday","hour");

-- From the sums of days, not from the ledger, whose old rows may be gone.
INSERT INTO "UsageSum"
  SELECT "userId", left(span, 7), model, kind, status, "errorCode", sum(calls), sum(attempts), sum(reported),
    sum("inputTokens"), sum("outputTokens"), sum("reasoningTokens"), sum(priced), sum("halfCredits"),
    sum("timedTokens"), sum("timedMs")
  FROM "UsageSum" GROUP BY 1, 2, 3, 4, 5, 6;
INSERT INTO "UsageHour" ("userId", span, weekday, hour, calls, attempts)
  SELECT "userId", left(span, 7), weekday, hour, sum(calls), sum(attempts) FROM "UsageHour" GROUP BY 1, 2, 3, 4;

-- What a scope has used of a ledger day: settled calls, and those that are open, which may become calls.
-- `of_user` NULL = everybody. Half credits of an unknown price count as none.
CREATE OR REPLACE FUNCTION "used_on_day"(of_user TEXT, on_day TEXT, OUT calls INTEGER, OUT "halfCredits" INTEGER, OUT pictures INTEGER)
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(u.calls), 0)::int, coalesce(sum(u.half), 0)::int, coalesce(sum(u.pictures), 0)::int
  FROM (
    SELECT d.calls, d."halfCredits" AS half, CASE WHEN d.kind IN ('image', 'edit') THEN d.calls ELSE 0 END AS pictures
    FROM "UsageSum" d WHERE d.span = on_day AND (of_user IS NULL OR d."userId" = of_user)
    UNION ALL
    SELECT 1, coalesce(e."priceHalfCredits", 0), CASE WHEN e.kind IN ('image', 'edit') THEN 1 ELSE 0 END
    FROM "UsageEntry" e WHERE e.day = on_day AND e.status = 'open' AND (of_user IS NULL OR e."userId" = of_user)
  ) u
$$;

-- One row of the ledger, added to the sums of its day and its month (1) or taken out again (-1). Open rows
-- count nowhere.
CREATE OR REPLACE FUNCTION "count_usage"(e "UsageEntry", sign INTEGER) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  spans TEXT[] := ARRAY[e.day, left(e.day, 7)];
  error TEXT := coalesce(e."errorCode", '');
  is_call INTEGER := CASE WHEN e."isCall" THEN sign ELSE 0 END;
  is_attempt INTEGER := sign - CASE WHEN e."isCall" THEN sign ELSE 0 END;
  is_reported INTEGER := CASE WHEN e."isCall" AND e."tokenSource" <> 'none' THEN sign ELSE 0 END;
  is_priced INTEGER := CASE WHEN e."isCall" AND e."priceHalfCredits" IS NOT NULL THEN sign ELSE 0 END;
  is_timed INTEGER := CASE WHEN e."isCall" AND e."outputTokens" IS NOT NULL
    AND e."firstTokenAt" IS NOT NULL AND e."endedAt" > e."firstTokenAt" THEN sign ELSE 0 END;
  on_weekday INTEGER := extract(isodow FROM e.day::date);
  at_hour INTEGER := extract(hour FROM e."startedAt" AT TIME ZONE 'Asia/Shanghai');
  first_ms NUMERIC := round(extract(epoch FROM e."firstTokenAt" - coalesce(e."calledAt", e."startedAt")) * 1000);
  is_measured BOOLEAN := is_call <> 0 AND coalesce(first_ms >= 0, false);
  step INTEGER := "latency_step"(first_ms);
BEGIN
  IF e.status = 'open' THEN RETURN; END IF;
  -- One at a time for a user: statements that settle several rows could wait for each other in a ring.
  PERFORM pg_advisory_xact_lock(hashtextextended('usage ' || e."userId", 0));
  IF sign > 0 THEN
    INSERT INTO "UsageSum" ("userId", span, model, kind, status, "errorCode")
      SELECT e."userId", s, e.model, e.kind, e.status, error FROM unnest(spans) s ON CONFLICT DO NOTHING;
    INSERT INTO "UsageHour" ("userId", span, weekday, hour)
      SELECT e."userId", s, on_weekday, at_hour FROM unnest(spans) s ON CONFLICT DO NOTHING;
    INSERT INTO "UsageLatency" ("userId", span, model, ms)
      SELECT e."userId", s, e.model, step FROM unnest(spans) s WHERE is_measured ON CONFLICT DO NOTHING;
  END IF;
  UPDATE "UsageSum" SET
    calls = calls + is_call,
    attempts = attempts + is_attempt,
    reported = reported + is_reported,
    "inputTokens" = "inputTokens" + is_reported * coalesce(e."inputTokens", 0),
    "outputTokens" = "outputTokens" + is_reported * coalesce(e."outputTokens", 0),
    "reasoningTokens" = "reasoningTokens" + is_reported * coalesce(e."reasoningTokens", 0),
    priced = priced + is_priced,
    "halfCredits" = "halfCredits" + is_priced * coalesce(e."priceHalfCredits", 0),
    "timedTokens" = "timedTokens" + is_timed * coalesce(e."outputTokens", 0),
    "timedMs" = "timedMs" + is_timed * coalesce(round(extract(epoch FROM e."endedAt" - e."firstTokenAt") * 1000), 0)
  WHERE "userId" = e."userId" AND span = ANY (spans) AND model = e.model AND kind = e.kind
    AND status = e.status AND "errorCode" = error;
  UPDATE "UsageHour" SET calls = calls + is_call, attempts = attempts + is_attempt
  WHERE "userId" = e."userId" AND span = ANY (spans) AND weekday = on_weekday AND hour = at_hour;
  UPDATE "UsageLatency" SET calls = calls + sign
  WHERE is_measured AND "userId" = e."userId" AND span = ANY (spans) AND model = e.model AND ms = step;
END $$;
