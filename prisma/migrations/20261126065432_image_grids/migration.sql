-- AlterTable
ALTER TABLE "Image" ADD COLUMN     "gridCell" INTEGER,
ADD COLUMN     "gridId" TEXT;

-- CreateTable
CREATE TABLE "ImageGrid" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "idempotencyKey" TEXT NOT NULL,
    "bodyHash" TEXT NOT NULL,
    "plan" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ImageGrid_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ImageGrid_userId_idempotencyKey_key" ON "ImageGrid"("userId", "idempotencyKey");

-- AddForeignKey
ALTER TABLE "Image" ADD CONSTRAINT "Image_gridId_fkey" FOREIGN KEY ("gridId") REFERENCES "ImageGrid"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImageGrid" ADD CONSTRAINT "ImageGrid_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A cell is made once: another picture only where the one before was not paid and cannot come back.
CREATE UNIQUE INDEX "Image_grid_cell_key" ON "Image" ("gridId", "gridCell")
  WHERE "status" <> 'cancelled'
    AND NOT ("status" = 'failed' AND "errorCode" IS DISTINCT FROM 'image_copy_failed');
