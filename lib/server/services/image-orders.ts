import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { toLedgerDay } from "@/lib/shared/calendar";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { addToSeed, type ImageParameters } from "@/lib/shared/image-params";
import { toHalfCredits } from "@/lib/shared/magicubes";
import { findImageFaults, findModelFault, withoutIgnored } from "@/lib/shared/models/families";
import type { CreateImageBody, ImageOrderAnswer } from "@/lib/shared/schemas/image";
import { now } from "../clock";
import { sha256Hex } from "../crypto/random";
import { countWaiting, insertImages, type NewImage } from "../db/image-orders";
import { findBatch, findImageByKey } from "../db/images";
import { logFault } from "../log";
import { requireAccepting } from "../runs/registry";
import { requireCallable } from "./callable";
import { advanceImage, takeDueImages } from "./image-task";
import { toImageView } from "./image-view";
import { openToken } from "./token";
import { requireUploads } from "./uploads";

/**
 * The pictures of a key that was used before: the same for the same body, never a second submit. Null
 * for a new key.
 */
async function findEarlier(
  { userId }: Actor,
  key: string,
  bodyHash: string,
): Promise<ImageOrderAnswer | null> {
  const earlier = await findImageByKey(userId, key);
  if (!earlier) return null;
  if (earlier.bodyHash !== bodyHash) throw new AppError("idempotency_mismatch");
  const rows = await findBatch(userId, earlier.batchId);
  return { image: toImageView(earlier), images: rows.map(toImageView) };
}

/** Refuses, before anything is written or sent, what the model would refuse. */
function checkParameters(model: string, inputCount: number, parameters: ImageParameters): void {
  const modelFault = findModelFault(model, inputCount);
  if (modelFault) throw new AppError("invalid_request", { fields: { model: modelFault } });
  const fields = findImageFaults(model, parameters);
  if (Object.keys(fields).length > 0) throw new AppError("invalid_request", { fields });
}

/** Waiting pictures of one user; far more than anybody waits for. */
const MAX_WAITING = 128;

/** The parameters of each picture of a click. */
function spread(parameters: ImageParameters, count: number, lockSeed: boolean): ImageParameters[] {
  const { seed } = parameters;
  return Array.from({ length: count }, (_unused, index) =>
    seed === undefined || lockSeed ? parameters : { ...parameters, seed: addToSeed(seed, index) },
  );
}

/**
 * Takes an order of one picture or several: written first, handed to ModelScope by the worker, one
 * after the other. The same key and body answer with the same pictures. Throws `invalid_request`,
 * `not_found`, `token_missing`, `token_needs_reentry`, `idempotency_mismatch`, `lane_full`,
 * `restarting`, `database_down`.
 */
export async function createImages(
  actor: Actor,
  body: CreateImageBody,
  idempotencyKey: string,
): Promise<ImageOrderAnswer> {
  requireAccepting();
  const { userId } = actor;
  const { model, prompt, uploads = [], count = 1, lockSeed = false, ...parameters } = body;
  checkParameters(model, uploads.length, parameters);
  const bodyHash = sha256Hex(JSON.stringify(body));
  const earlier = await findEarlier(actor, idempotencyKey, bodyHash);
  if (earlier) return earlier;
  const { site } = await openToken(userId);
  await requireUploads(actor, uploads);
  const { price, kinds } = await requireCallable(userId, model, site);
  if (kinds && !kinds.includes("image") && !kinds.includes("edit")) {
    throw new AppError("invalid_request", { fields: { model: { key: "modelNotImage" } } });
  }
  if ((await countWaiting(userId)) + count > MAX_WAITING) throw new AppError("lane_full");
  const createdAt = now();
  const [first, ...rest] = spread(withoutIgnored(model, parameters), count, lockSeed).map(
    (part, index): NewImage => ({
      id: newId("image"),
      usageId: newId("usage"),
      // No key of a caller's has a blank in it.
      idempotencyKey: index === 0 ? idempotencyKey : `${idempotencyKey} ${index}`,
      parameters: part,
    }),
  );
  if (!first) throw new AppError("invalid_request");
  const batch = {
    bodyHash,
    model,
    prompt,
    uploadIds: uploads,
    kind: uploads.length > 0 ? "edit" : "image",
    priceHalfCredits: toHalfCredits(price),
    day: toLedgerDay(createdAt),
    createdAt,
  } as const;
  // A request with the same key may have written it a moment ago.
  const isNew = await insertImages(userId, batch, [first, ...rest]);
  if (isNew) {
    void submitNow(first.id).catch((error) => logFault("image task", error, { imageId: first.id }));
  }
  const written = await findEarlier(actor, idempotencyKey, bodyHash);
  if (!written) throw new AppError("not_found");
  return written;
}

/** The first step at once; the worker makes it where this process cannot. */
async function submitNow(id: string): Promise<void> {
  for (const task of await takeDueImages(1, { id })) await advanceImage(task);
}
