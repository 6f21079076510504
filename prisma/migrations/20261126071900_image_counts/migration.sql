-- What the gallery counts and offers, without reading every picture of a user.
CREATE INDEX "Image_favourite_idx" ON "Image" ("userId", "createdAt") WHERE "isFavourite";

CREATE INDEX "Image_attention_idx" ON "Image" ("userId", "createdAt")
  WHERE "status" IN ('unknown', 'failed', 'needs_token');

CREATE INDEX "Image_loras_idx" ON "Image" ("userId", "createdAt")
  WHERE jsonb_typeof("parameters"->'loras') = 'array';
