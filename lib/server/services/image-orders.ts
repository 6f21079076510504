import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { addToSeed, type ImageParameters } from "@/lib/shared/image-params";
import { findImageFaults, findModelFault } from "@/lib/shared/models/families";
import type { CreateImageBody, ImageOrderAnswer } from "@/lib/shared/schemas/image";
import { sha256Hex } from "../crypto/random";
import { findBatch } from "../db/images";
import { requireAccepting } from "../runs/registry";
import { findOrdered, placeImages, requireAllCallable, requireRoom } from "./image-placing";
import { toImageView } from "./image-view";

/**
 * The pictures of a key that was used before: the same for the same body, never a second submit. Null
 * for a new key.
 */
async function findEarlier(
  actor: Actor,
  key: string,
  bodyHash: string,
): Promise<ImageOrderAnswer | null> {
  const earlier = await findOrdered(actor, key, bodyHash);
  if (!earlier) return null;
  const rows = await findBatch(actor.userId, earlier.batchId);
  return { image: toImageView(earlier), images: rows.map(toImageView) };
}

/** Refuses, before anything is written or sent, what the model would refuse. */
function checkParameters(model: string, inputCount: number, parameters: ImageParameters): void {
  const modelFault = findModelFault(model, inputCount);
  if (modelFault) throw new AppError("invalid_request", { fields: { model: modelFault } });
  const fields = findImageFaults(model, parameters);
  if (Object.keys(fields).length > 0) throw new AppError("invalid_request", { fields });
}

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
  const { model, prompt, uploads = [], count = 1, lockSeed = false, ...parameters } = body;
  checkParameters(model, uploads.length, parameters);
  const bodyHash = sha256Hex(JSON.stringify(body));
  const earlier = await findEarlier(actor, idempotencyKey, bodyHash);
  if (earlier) return earlier;
  const wanted = spread(parameters, count, lockSeed).map((part) => ({
    model,
    parameters: part,
    gridCell: null,
  }));
  const callable = await requireAllCallable(actor, uploads, wanted, { needsPrices: false });
  await requireRoom(actor, wanted.length);
  await placeImages(actor, { prompt, uploads, idempotencyKey, bodyHash, gridId: null }, callable);
  const written = await findEarlier(actor, idempotencyKey, bodyHash);
  if (!written) throw new AppError("not_found");
  return written;
}
