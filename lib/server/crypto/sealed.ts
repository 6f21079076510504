import "server-only";
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { Secret } from "@/lib/shared/secret";
import { activeKey, deriveKey, findKey, type SealPurpose } from "./key-ring";

const VERSION = "v1";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Whose secret it is and where it is stored; a sealed text opens nowhere else. */
export type SealContext = { purpose: SealPurpose; userId: string; rowId: string };

/** Length-prefixed, so that no two contexts give the same bytes. */
function toAssociatedData(keyId: string, { purpose, userId, rowId }: SealContext): Buffer {
  const parts = [VERSION, keyId, purpose, userId, rowId];
  return Buffer.concat(
    parts.flatMap((part) => {
      const bytes = Buffer.from(part, "utf8");
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}

/**
 * Seals a secret with AES-256-GCM under the active key:
 * `v1.<key id>.<nonce>.<ciphertext>.<tag>`, the last three in base64url.
 */
export function seal(secret: Secret, context: SealContext): string {
  const key = activeKey();
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", deriveKey(key, context.purpose), nonce, {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(toAssociatedData(key.id, context));
  const ciphertext = Buffer.concat([cipher.update(secret.reveal(), "utf8"), cipher.final()]);
  const parts = [nonce, ciphertext, cipher.getAuthTag()].map((part) => part.toString("base64url"));
  return [VERSION, key.id, ...parts].join(".");
}

/** Opens what {@link seal} made for the same context; null where key, row or owner do not fit. */
export function open(sealed: string, context: SealContext): Secret | null {
  const [version, keyId = "", ...encoded] = sealed.split(".");
  const [nonce, ciphertext, tag] = encoded.map((part) => Buffer.from(part, "base64url"));
  if (version !== VERSION || encoded.length !== 3 || !nonce || !ciphertext || !tag) return null;
  if (nonce.length !== NONCE_BYTES || tag.length !== TAG_BYTES) return null;
  const key = findKey(keyId);
  if (!key) return null;
  const decipher = createDecipheriv("aes-256-gcm", deriveKey(key, context.purpose), nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(toAssociatedData(keyId, context));
  decipher.setAuthTag(tag);
  try {
    return new Secret(
      Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString("utf8"),
    );
  } catch {
    return null; // moved to another row, or damaged: GCM tells only that it does not fit
  }
}

/** The label of the key that sealed a text, for the settings page; null where the ring lacks it. */
export function sealedKeyLabel(sealed: string): string | null {
  return findKey(sealed.split(".")[1] ?? "")?.label ?? null;
}
