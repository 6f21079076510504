-- The terms of a question are worked out when its run ends, not before its model is called.
ALTER TABLE "Message" ADD COLUMN "isFindable" BOOLEAN NOT NULL DEFAULT true;

DROP INDEX "Message_search_idx";

CREATE INDEX "Message_search_idx" ON "Message" USING GIN (search_terms("text")) WHERE "isFindable";
