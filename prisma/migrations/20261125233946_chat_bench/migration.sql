-- AlterTable
ALTER TABLE "Conversation" ADD COLUMN     "isColumn" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "leafId" TEXT;

-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "pictureUrls" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "toolResults" JSONB;

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "calledAt" TIMESTAMPTZ(3),
ADD COLUMN     "textAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "UsageEntry" ADD COLUMN     "calledAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "User" ADD COLUMN     "autoTitles" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "LaneEntry" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "position" BIGSERIAL NOT NULL,
    "enteredAt" TIMESTAMPTZ(3),
    "leaseUntil" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "LaneEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Preset" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "isShared" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Preset_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "LaneEntry_userId_position_idx" ON "LaneEntry"("userId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "Preset_userId_name_key" ON "Preset"("userId", "name");

-- CreateIndex
CREATE INDEX "Message_uploadIds_idx" ON "Message" USING GIN ("uploadIds");

-- AddForeignKey
ALTER TABLE "LaneEntry" ADD CONSTRAINT "LaneEntry_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Preset" ADD CONSTRAINT "Preset_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The terms by which a text is found: each CJK letter for itself, since nothing divides the words of
-- such a text, and each run of other letters and digits. Punctuation divides. No dictionary, extension
-- or locale decides, so it is the same on every server.
CREATE FUNCTION search_terms(content text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT COST 10000 AS $$
  SELECT array_to_tsvector(ARRAY(
    SELECT DISTINCT left(term, 64)
    FROM unnest(string_to_array(
      regexp_replace(
        regexp_replace(
          lower(left(content, 200000)),
          '[\x01-\x2f\x3a-\x60\x7b-\x7f\u2000-\u206f\u3000-\u3004\u3008-\u3020\u3030\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+',
          ' ', 'g'),
        '([\u2e80-\u2fdf\u3005-\u3007\u3021-\u302f\u3031-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff])',
        ' \1 ', 'g'),
      ' ')) AS term
    WHERE term <> ''
  ))
$$;

-- All terms of what is searched for, each as the beginning of one.
CREATE FUNCTION search_query(content text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT coalesce(string_agg('''' || term || ''':*', ' & '), '')::tsquery
  FROM unnest(tsvector_to_array(search_terms(content))) AS term
$$;

CREATE INDEX "Message_search_idx" ON "Message" USING GIN (search_terms("text"));
