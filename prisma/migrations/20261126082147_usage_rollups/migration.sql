-- CreateTable
CREATE TABLE "UsageDay" (
    "userId" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "kind" "CallKind" NOT NULL,
    "status" "CallStatus" NOT NULL,
    "errorCode" TEXT NOT NULL,
    "calls" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "reported" INTEGER NOT NULL DEFAULT 0,
    "inputTokens" BIGINT NOT NULL DEFAULT 0,
    "outputTokens" BIGINT NOT NULL DEFAULT 0,
    "reasoningTokens" BIGINT NOT NULL DEFAULT 0,
    "priced" INTEGER NOT NULL DEFAULT 0,
    "halfCredits" BIGINT NOT NULL DEFAULT 0,
    "timedTokens" BIGINT NOT NULL DEFAULT 0,
    "timedMs" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "UsageDay_pkey" PRIMARY KEY ("userId","day","model","kind","status","errorCode")
);

-- CreateTable
CREATE TABLE "UsageLatency" (
    "userId" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "ms" INTEGER NOT NULL,
    "calls" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "UsageLatency_pkey" PRIMARY KEY ("userId","day","model","ms")
);

-- CreateTable
CREATE TABLE "UsageHour" (
    "userId" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "hour" INTEGER NOT NULL,
    "calls" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "UsageHour_pkey" PRIMARY KEY ("userId","day","hour")
);

-- CreateIndex
CREATE INDEX "UsageDay_day_idx" ON "UsageDay"("day");

-- AddForeignKey
ALTER TABLE "UsageDay" ADD CONSTRAINT "UsageDay_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UsageLatency" ADD CONSTRAINT "UsageLatency_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UsageHour" ADD CONSTRAINT "UsageHour_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One row of the ledger, added to the sums (1) or taken out again (-1). Open rows count nowhere.
CREATE FUNCTION "count_usage"(e "UsageEntry", sign INTEGER) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  is_call INTEGER := CASE WHEN e."isCall" THEN sign ELSE 0 END;
  is_attempt INTEGER := sign - CASE WHEN e."isCall" THEN sign ELSE 0 END;
  is_reported INTEGER := CASE WHEN e."isCall" AND e."tokenSource" <> 'none' THEN sign ELSE 0 END;
  is_priced INTEGER := CASE WHEN e."isCall" AND e."priceHalfCredits" IS NOT NULL THEN sign ELSE 0 END;
  is_timed INTEGER := CASE WHEN e."isCall" AND e."outputTokens" IS NOT NULL
    AND e."firstTokenAt" IS NOT NULL AND e."endedAt" > e."firstTokenAt" THEN sign ELSE 0 END;
  first_ms NUMERIC := round(extract(epoch FROM e."firstTokenAt" - coalesce(e."calledAt", e."startedAt")) * 1000);
  bucket INTEGER;
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
    -- Two significant digits: the same for whoever rounds before or after taking a quantile.
    bucket := CASE WHEN first_ms < 100 THEN first_ms
      ELSE round(first_ms, 1 - floor(log(first_ms))::int) END;
    IF sign > 0 THEN
      INSERT INTO "UsageLatency" ("userId", day, model, ms)
        VALUES (e."userId", e.day, e.model, bucket) ON CONFLICT DO NOTHING;
    END IF;
    UPDATE "UsageLatency" SET calls = calls + sign
    WHERE "userId" = e."userId" AND day = e.day AND model = e.model AND ms = bucket;
  END IF;
END $$;

-- Whoever changes the ledger, and in what order: the sums change with the same statement.
CREATE FUNCTION "follow_usage"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Old rows go and their sums stay, where a retention asks for that.
  IF TG_OP = 'DELETE' AND current_setting('msp.keeps_sums', true) = 'on' THEN RETURN NULL; END IF;
  IF TG_OP <> 'INSERT' THEN PERFORM "count_usage"(OLD, -1); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM "count_usage"(NEW, 1); END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "UsageEntry_sums" AFTER INSERT OR UPDATE OR DELETE ON "UsageEntry"
  FOR EACH ROW EXECUTE FUNCTION "follow_usage"();

SELECT "count_usage"(e, 1) FROM "UsageEntry" e;
