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

const MAX_NAME_LETTERS = 40;

/** A name to find it again by: the first words of its prompt, and its seed. */
function toName({ prompt, usedSeed, parameters }: ImageRow): string {
  const words = prompt
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  const short = [...words].slice(0, MAX_NAME_LETTERS).join("").trim().replaceAll(" ", "-");
  const seed = usedSeed ?? toParameters(parameters).seed;
  return [short || "picture", ...(seed === undefined ? [] : [seed])].join("-");
}

/** That a machine made it, and nothing else. */
const MARK: PictureTexts = { chunks: {}, description: null, comment: null, xmp: AIGC_XMP };

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
 * is), with the mark of machine-made pictures inside, and its recipe where that is wanted. Throws
 * `not_found`.
 */
export async function readImageDownload(
  { userId }: Actor,
  id: string,
  { format, recipe }: ImageFileQuery,
): Promise<{ bytes: Uint8Array; mediaType: string; name: string }> {
  const row = await findImage(userId, id);
  const file = row?.storageKey ? await readFile(row.storageKey) : null;
  if (!row?.mediaType || !file) throw new AppError("not_found");
  const stored = new Uint8Array(await new Response(file.body).arrayBuffer());
  const own = row.mediaType.replace("image/", "");
  const wanted = format ?? (own === "jpeg" || own === "webp" ? own : "png");
  const bytes = await encodePicture(stored, wanted, recipe === undefined ? MARK : toTexts(row));
  return { bytes, mediaType: `image/${wanted}`, name: toName(row) };
}
