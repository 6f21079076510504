-- DropIndex
DROP INDEX "UsageEntry_userId_startedAt_id_idx";

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "budgetHalfCredits" INTEGER;

-- CreateTable
CREATE TABLE "UsageLimit" (
    "scope" TEXT NOT NULL,
    "calls" INTEGER,
    "halfCredits" INTEGER,
    "pictures" INTEGER,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "UsageLimit_pkey" PRIMARY KEY ("scope")
);

-- CreateTable
CREATE TABLE "CreditState" (
    "userId" TEXT NOT NULL,
    "available" DOUBLE PRECISION NOT NULL,
    "held" DOUBLE PRECISION,
    "readAt" TIMESTAMPTZ(3) NOT NULL,
    "watchedAt" TIMESTAMPTZ(3) NOT NULL,
    "quietHalf" INTEGER,
    "quietAt" TIMESTAMPTZ(3),

    CONSTRAINT "CreditState_pkey" PRIMARY KEY ("userId")
);

-- CreateTable
CREATE TABLE "CreditDay" (
    "userId" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "elsewhere" INTEGER NOT NULL DEFAULT 0,
    "unclear" INTEGER NOT NULL DEFAULT 0,
    "granted" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "CreditDay_pkey" PRIMARY KEY ("userId","day")
);

-- CreateTable
CREATE TABLE "CreditGrant" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "halfCredits" INTEGER NOT NULL,
    "lapsesFrom" TIMESTAMPTZ(3) NOT NULL,
    "lapsesBy" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CreditGrant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LearntPrice" (
    "site" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "halfCredits" INTEGER NOT NULL,
    "votes" INTEGER NOT NULL,
    "seenAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LearntPrice_pkey" PRIMARY KEY ("site","model")
);

-- CreateTable
CREATE TABLE "AuditEntry" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT,
    "detail" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "CreditGrant_userId_lapsesBy_idx" ON "CreditGrant"("userId", "lapsesBy");

-- CreateIndex
CREATE INDEX "AuditEntry_at_id_idx" ON "AuditEntry"("at" DESC, "id");

-- CreateIndex
CREATE INDEX "UsageEntry_userId_startedAt_id_idx" ON "UsageEntry"("userId", "startedAt" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "UsageEntry_startedAt_idx" ON "UsageEntry" USING BRIN ("startedAt");

-- AddForeignKey
ALTER TABLE "CreditState" ADD CONSTRAINT "CreditState_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CreditDay" ADD CONSTRAINT "CreditDay_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CreditGrant" ADD CONSTRAINT "CreditGrant_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is open is looked for by sweepers and limits, however long the ledger is.
CREATE INDEX "UsageEntry_open_idx" ON "UsageEntry"("day") WHERE "status" = 'open';

-- What a scope has used of a ledger day: settled calls, and those that are open, which may become calls.
-- `of_user` NULL = everybody. Half credits of an unknown price count as none.
CREATE FUNCTION "used_on_day"(of_user TEXT, on_day TEXT, OUT calls INTEGER, OUT "halfCredits" INTEGER, OUT pictures INTEGER)
LANGUAGE sql STABLE AS $$
  SELECT coalesce(sum(u.calls), 0)::int, coalesce(sum(u.half), 0)::int, coalesce(sum(u.pictures), 0)::int
  FROM (
    SELECT d.calls, d."halfCredits" AS half, CASE WHEN d.kind IN ('image', 'edit') THEN d.calls ELSE 0 END AS pictures
    FROM "UsageDay" d WHERE d.day = on_day AND (of_user IS NULL OR d."userId" = of_user)
    UNION ALL
    SELECT 1, coalesce(e."priceHalfCredits", 0), CASE WHEN e.kind IN ('image', 'edit') THEN 1 ELSE 0 END
    FROM "UsageEntry" e WHERE e.day = on_day AND e.status = 'open' AND (of_user IS NULL OR e."userId" = of_user)
  ) u
$$;

-- Which limit so much more would break, as 'team calls' or 'member pictures'; NULL where none. Callers of one
-- scope come one after the other until their transaction ends, so that each sees what those before it wrote.
CREATE FUNCTION "find_reached_limit"(of_user TEXT, on_day TEXT, more_calls INTEGER, more_half INTEGER, more_pictures INTEGER)
RETURNS TEXT LANGUAGE plpgsql AS $$
DECLARE
  cap RECORD;
  used RECORD;
BEGIN
  FOR cap IN
    SELECT l.*, CASE WHEN l.scope = 'team' THEN 'team' ELSE 'member' END AS whose
    FROM "UsageLimit" l
    WHERE coalesce(l.calls, l."halfCredits", l.pictures) IS NOT NULL
      AND (l.scope IN ('team', of_user) OR (l.scope = 'members'
        AND NOT EXISTS (SELECT FROM "UsageLimit" o WHERE o.scope = of_user)))
    ORDER BY l.scope = 'team' DESC
  LOOP
    PERFORM pg_advisory_xact_lock(hashtextextended('limit ' || CASE cap.whose WHEN 'team' THEN 'team' ELSE of_user END, 0));
    SELECT * INTO used FROM "used_on_day"(CASE cap.whose WHEN 'team' THEN NULL ELSE of_user END, on_day);
    IF more_calls > 0 AND used.calls + more_calls > cap.calls THEN RETURN cap.whose || ' calls'; END IF;
    IF more_half > 0 AND used."halfCredits" + more_half > cap."halfCredits" THEN RETURN cap.whose || ' credits'; END IF;
    IF more_pictures > 0 AND used.pictures + more_pictures > cap.pictures THEN RETURN cap.whose || ' pictures'; END IF;
  END LOOP;
  RETURN NULL;
END $$;

-- The sums of first-token times: fewer steps, and the month beside the day.
ALTER TABLE "UsageLatency" RENAME COLUMN "day" TO "span";

-- The nearest of 24 steps a decade, in whole milliseconds. Rounding keeps the order, so that a quantile
-- of rounded times is the rounded quantile.
CREATE FUNCTION "latency_step"(ms NUMERIC) RETURNS INTEGER LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN ms <= 0 THEN 0 ELSE round(10::float8 ^ (round(24 * log(ms::float8)) / 24))::int END
$$;

-- One row of the ledger, added to the sums (1) or taken out again (-1). Open rows count nowhere.
CREATE OR REPLACE FUNCTION "count_usage"(e "UsageEntry", sign INTEGER) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  is_call INTEGER := CASE WHEN e."isCall" THEN sign ELSE 0 END;
  is_attempt INTEGER := sign - CASE WHEN e."isCall" THEN sign ELSE 0 END;
  is_reported INTEGER := CASE WHEN e."isCall" AND e."tokenSource" <> 'none' THEN sign ELSE 0 END;
  is_priced INTEGER := CASE WHEN e."isCall" AND e."priceHalfCredits" IS NOT NULL THEN sign ELSE 0 END;
  is_timed INTEGER := CASE WHEN e."isCall" AND e."outputTokens" IS NOT NULL
    AND e."firstTokenAt" IS NOT NULL AND e."endedAt" > e."firstTokenAt" THEN sign ELSE 0 END;
  first_ms NUMERIC := round(extract(epoch FROM e."firstTokenAt" - coalesce(e."calledAt", e."startedAt")) * 1000);
  bucket INTEGER;
  wide TEXT;
BEGIN
  IF e.status = 'open' THEN RETURN; END IF;
  -- One at a time for a user: statements that settle several rows could wait for each other in a ring.
  PERFORM pg_advisory_xact_lock(hashtextextended('usage ' || e."userId", 0));
  IF sign > 0 THEN
    INSERT INTO "UsageDay" ("userId", day, model, kind, status, "errorCode")
      VALUES (e."userId", e.day, e.model, e.kind, e.status, coalesce(e."errorCode", ''))
      ON CONFLICT DO NOTHING;
    INSERT INTO "UsageHour" ("userId", day, hour)
      VALUES (e."userId", e.day, extract(hour FROM e."startedAt" AT TIME ZONE 'Asia/Shanghai')::int)
      ON CONFLICT DO NOTHING;
  END IF;
  UPDATE "UsageDay" SET
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
  WHERE "userId" = e."userId" AND day = e.day AND model = e.model AND kind = e.kind
    AND status = e.status AND "errorCode" = coalesce(e."errorCode", '');
  UPDATE "UsageHour" SET calls = calls + is_call, attempts = attempts + is_attempt
  WHERE "userId" = e."userId" AND day = e.day
    AND hour = extract(hour FROM e."startedAt" AT TIME ZONE 'Asia/Shanghai')::int;
  IF is_call <> 0 AND first_ms >= 0 THEN
    bucket := "latency_step"(first_ms);
    FOREACH wide IN ARRAY ARRAY[e.day, left(e.day, 7)] LOOP
      IF sign > 0 THEN
        INSERT INTO "UsageLatency" ("userId", span, model, ms)
          VALUES (e."userId", wide, e.model, bucket) ON CONFLICT DO NOTHING;
      END IF;
      UPDATE "UsageLatency" SET calls = calls + sign
      WHERE "userId" = e."userId" AND span = wide AND model = e.model AND ms = bucket;
    END LOOP;
  END IF;
END $$;

DELETE FROM "UsageLatency";
INSERT INTO "UsageLatency" ("userId", span, model, ms, calls)
  SELECT e."userId", wide, e.model, "latency_step"(e.first_ms), count(*)
  FROM (SELECT *, round(extract(epoch FROM "firstTokenAt" - coalesce("calledAt", "startedAt")) * 1000) AS first_ms
        FROM "UsageEntry" WHERE status <> 'open' AND "isCall") e,
    LATERAL unnest(ARRAY[e.day, left(e.day, 7)]) wide
  WHERE e.first_ms >= 0
  GROUP BY 1, 2, 3, 4;
