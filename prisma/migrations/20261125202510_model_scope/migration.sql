-- AlterTable
ALTER TABLE "Image" ADD COLUMN     "errorText" TEXT,
ADD COLUMN     "uploadIds" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "toolCalls" JSONB,
ADD COLUMN     "uploadIds" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "Run" ADD COLUMN     "errorText" TEXT,
ADD COLUMN     "toolCalls" JSONB;

-- CreateTable
CREATE TABLE "WithdrawnModel" (
    "site" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "withdrawnAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "WithdrawnModel_pkey" PRIMARY KEY ("site","model")
);

-- CreateTable
CREATE TABLE "FavouriteModel" (
    "userId" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "FavouriteModel_pkey" PRIMARY KEY ("userId","model")
);

-- CreateTable
CREATE TABLE "RateReading" (
    "userId" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "limit" INTEGER,
    "remaining" INTEGER,
    "readAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "RateReading_pkey" PRIMARY KEY ("userId","model")
);

-- AddForeignKey
ALTER TABLE "FavouriteModel" ADD CONSTRAINT "FavouriteModel_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RateReading" ADD CONSTRAINT "RateReading_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
