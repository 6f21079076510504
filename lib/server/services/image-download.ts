import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { OWN_KEY, writeForOthers, writeOwn } from "@/lib/shared/recipe/own-recipe";
import type { ImageFileQuery } from "@/lib/shared/schemas/image";
import { findImage, type ImageRow } from "../db/images";
import { readFile } from "../storage/files";
import { encodePicture, type PictureTexts } from "../storage/picture";
import { toParameters } from "./image-view";

/** The mark that a machine made the picture, in the file's metadata (GB 45438-2025). */
const AIGC_MARK = JSON.stringify({ Label: "1", ContentProducer: "ModelScope API-Inference" });
const AIGC_XMP = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"><TC260:AIGC>${AIGC_MARK}</TC260:AIGC></rdf:Description></rdf:RDF></x:xmpmeta>`;

/** JSON in plain letters: an EXIF description knows no others. */
const toAscii = (json: string) =>
  json.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

function toTexts({ model, prompt, parameters, usedSeed }: ImageRow): PictureTexts {
  const recipe = { model, prompt, parameters: toParameters(parameters), usedSeed };
  const own = writeOwn(recipe);
  const others = writeForOthers(recipe);
  return {
    chunks: { [OWN_KEY]: own, parameters: others },
    description: toAscii(own),
    comment: others,
    xmp: AIGC_XMP,
  };
}

/**
 * A finished picture as a file to keep, in the format that is asked for (as it is stored, where none
 * is), with its recipe and the mark of machine-made pictures inside where that is wanted. Throws
 * `not_found`.
 */
export async function readImageDownload(
  { userId }: Actor,
  id: string,
  { format, recipe }: ImageFileQuery,
): Promise<{ bytes: Uint8Array; mediaType: string }> {
  const row = await findImage(userId, id);
  const file = row?.storageKey ? await readFile(row.storageKey) : null;
  if (!row?.mediaType || !file) throw new AppError("not_found");
  const stored = new Uint8Array(await new Response(file.body).arrayBuffer());
  const own = row.mediaType.replace("image/", "");
  const wanted = format ?? (own === "jpeg" || own === "webp" ? own : "png");
  const hasRecipe = recipe !== undefined;
  if (wanted === own && !hasRecipe) return { bytes: stored, mediaType: row.mediaType };
  const bytes = await encodePicture(stored, wanted, hasRecipe ? toTexts(row) : null);
  return { bytes, mediaType: `image/${wanted}` };
}
