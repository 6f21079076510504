import "server-only";
import { hash, verify } from "@node-rs/argon2";

/** argon2id, 19 MiB, 2 passes, 1 lane: the OWASP baseline. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const store = globalThis as unknown as { __mspDummyHash?: Promise<string> };

export function hashPassword(password: string): Promise<string> {
  return hash(password, OPTIONS);
}

/** Whether the password fits. With no hash (unknown user) it takes as long and answers false. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  store.__mspDummyHash ??= hashPassword("no user has this password");
  const matches = await verify(stored ?? (await store.__mspDummyHash), password);
  return stored !== null && matches;
}
