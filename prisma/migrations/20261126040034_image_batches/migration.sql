-- AlterTable
ALTER TABLE "Image" ADD COLUMN     "batchId" TEXT,
ADD COLUMN     "batchIndex" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "isFavourite" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "position" BIGSERIAL NOT NULL,
ADD COLUMN     "submitCount" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "thumbKey" TEXT;

-- Until now each picture was a click of its own.
UPDATE "Image" SET "batchId" = "id";
ALTER TABLE "Image" ALTER COLUMN "batchId" SET NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "Image_thumbKey_key" ON "Image"("thumbKey");

-- CreateIndex
CREATE INDEX "Image_userId_batchId_idx" ON "Image"("userId", "batchId");

-- What waits, and what ModelScope works on: few of many.
CREATE INDEX "Image_active_idx" ON "Image" ("userId", "position")
  WHERE "status" IN ('new', 'submitting', 'submitted', 'polling', 'fetching');
