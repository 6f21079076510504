-- AlterTable
ALTER TABLE "ShareLink" ADD COLUMN     "maxViews" INTEGER,
ADD COLUMN     "showParameters" BOOLEAN NOT NULL DEFAULT false;

-- Until now one switch showed everything.
UPDATE "ShareLink" SET "showParameters" = "showPrompt";

-- Whoever disables a member ends their links with the same statement; they stay ended when the member comes back.
CREATE FUNCTION "revoke_shares_of_disabled"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "ShareLink" SET "revokedAt" = NEW."disabledAt" WHERE "userId" = NEW.id AND "revokedAt" IS NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER "User_disabled_revokes_shares" AFTER UPDATE OF "disabledAt" ON "User"
  FOR EACH ROW WHEN (OLD."disabledAt" IS NULL AND NEW."disabledAt" IS NOT NULL)
  EXECUTE FUNCTION "revoke_shares_of_disabled"();
