import "server-only";
import { createHash, hkdfSync } from "node:crypto";
import fs from "node:fs";
import { getSettings } from "../env";

const KEY_BYTES = 32;

export type SealPurpose = "provider-token" | "share-slug" | "share-view";

type MasterKey = {
  /** First 8 hex digits of the key's SHA-256: computed, so a wrong key is told from a damaged row. */
  id: string;
  /** The name typed before the colon, for people. */
  label: string;
  bytes: Buffer;
  /** Keys that were made of it, each once. */
  derived: Partial<Record<SealPurpose, Buffer>>;
};

const store = globalThis as unknown as { __mspKeyRing?: MasterKey[] };

function parseKey(entry: string, index: number): MasterKey {
  const colon = entry.indexOf(":");
  const bytes = Buffer.from(entry.slice(colon + 1), "base64");
  if (bytes.length !== KEY_BYTES) throw new Error("TOKEN_KEYS: a key has not 32 bytes");
  return {
    id: createHash("sha256").update(bytes).digest("hex").slice(0, 8),
    label: colon > 0 ? entry.slice(0, colon) : `key ${index + 1}`,
    bytes,
    derived: {},
  };
}

function getKeyRing(): MasterKey[] {
  if (!store.__mspKeyRing) {
    const { TOKEN_KEYS, TOKEN_KEYS_FILE } = getSettings();
    const text = TOKEN_KEYS ?? (TOKEN_KEYS_FILE ? fs.readFileSync(TOKEN_KEYS_FILE, "utf8") : "");
    store.__mspKeyRing = text
      .split(/[,\n]/)
      .map((entry) => entry.trim())
      .filter(Boolean)
      .map(parseKey);
    if (store.__mspKeyRing.length === 0) throw new Error("TOKEN_KEYS: no key");
  }
  return store.__mspKeyRing;
}

/** The first key of the ring: it seals; the others only open. */
export function activeKey(): MasterKey {
  const [first] = getKeyRing();
  if (!first) throw new Error("TOKEN_KEYS: no key");
  return first;
}

/** The key of an id, or null where the ring no longer has it. */
export function findKey(id: string): MasterKey | null {
  return getKeyRing().find((key) => key.id === id) ?? null;
}

/** A 32-byte key for one purpose (HKDF-SHA-256), so that no master key is used twice. */
export function deriveKey(key: MasterKey, purpose: SealPurpose): Buffer {
  const info = `msp/v1/${purpose}`;
  key.derived[purpose] ??= Buffer.from(hkdfSync("sha256", key.bytes, "", info, KEY_BYTES));
  return key.derived[purpose];
}
