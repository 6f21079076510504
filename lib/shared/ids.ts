import { z } from "zod";

const ID_PREFIXES = {
  user: "usr",
  session: "ses",
  token: "tok",
  conversation: "cnv",
  message: "msg",
  run: "run",
  usage: "use",
  grant: "gra",
  audit: "aud",
  image: "img",
  grid: "grd",
  share: "shr",
  upload: "upl",
  preset: "pre",
  error: "err",
} as const;

const ID_LENGTH = 25; // 128 bits in base 36

/** A new opaque id such as `img_1f…`: 128 random bits behind the prefix of its kind. */
export function newId(kind: keyof typeof ID_PREFIXES): string {
  const [high = 0n, low = 0n] = crypto.getRandomValues(new BigUint64Array(2));
  const value = (high << 64n) | low;
  return `${ID_PREFIXES[kind]}_${value.toString(36).padStart(ID_LENGTH, "0")}`;
}

/** An id as it comes over the wire. Opaque: only its alphabet and length are checked. */
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
