import { z } from "zod";

const MAX_LENGTH = 2_000;

/** A name in the public DNS: no address in numbers, no name of one machine or network alone. */
const PUBLIC_NAME = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const PRIVATE_ENDINGS =
  /\.(?:local|localhost|internal|intranet|lan|home|corp|test|invalid|arpa|onion)$/;

function isPublic(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, username, password, port } = new URL(value);
  const name = hostname.toLowerCase();
  const isPlain = protocol === "https:" && username === "" && password === "" && port === "";
  return isPlain && PUBLIC_NAME.test(name) && !PRIVATE_ENDINGS.test(name);
}

/** An https address on a public host. We hand it on and never ask for it ourselves. */
export const publicUrlSchema = z
  .string()
  .max(MAX_LENGTH)
  .refine(isPublic, { error: "validation.publicUrl" })
  .transform((value) => new URL(value).href);
