import sharp from "sharp";
import { putFile } from "@/lib/server/storage/files";
import { newId } from "@/lib/shared/ids";
import { rowsOf, type TestUser } from "./api";

type Picture = { prompt?: string; parameters?: object; width?: number; height?: number };

/** A finished picture of a user, with its bytes, without a call; answers its id. */
export async function storedPicture(
  owner: TestUser,
  {
    prompt = "a secret prompt",
    parameters = { seed: 7, negativePrompt: "a secret negative" },
    width = 64,
    height = 48,
  }: Picture = {},
): Promise<string> {
  const id = newId("image");
  const key = `images/${id}.png`;
  const bytes = await sharp({ create: { width, height, channels: 3, background: "#c40" } })
    .png()
    .toBuffer();
  await putFile(key, bytes);
  await rowsOf(
    `insert into "Image" (id, "batchId", "userId", "idempotencyKey", "bodyHash", model, prompt, parameters, status,
       "storageKey", "mediaType", "fileWidth", "fileHeight", "sizeBytes", "taskId", "usedSeed")
     values ($1, $1, $2, $1, 'x', 'Qwen/Qwen-Image', $4, $5, 'done', $3, 'image/png', $6, $7, $8, '4003503', 7)`,
    [id, owner.id, key, prompt, JSON.stringify(parameters), width, height, bytes.length],
  );
  return id;
}
