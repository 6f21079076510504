import "server-only";
import { createHash, randomBytes } from "node:crypto";

/** 256 random bits in base64url (43 characters). */
export function newSecretText(): string {
  return randomBytes(32).toString("base64url");
}

/** Eight random letters, to tell files of one picture apart. */
export function newFileSuffix(): string {
  return randomBytes(4).toString("hex");
}

/** SHA-256 in hex; for secrets of full entropy and for comparing bodies, not for passwords. */
export function sha256Hex(value: string | Uint8Array): string {
  return createHash("sha256").update(value).digest("hex");
}
