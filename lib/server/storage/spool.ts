import "server-only";
import fs from "node:fs/promises";
import path from "node:path";
import { getSettings } from "../env";

/** What could not be written to the database yet: one JSON file an entry, in the data directory. */
const toDirectory = () => path.resolve(/* turbopackIgnore: true */ getSettings().DATA_DIR, "spool");
const toFile = (id: string) => path.join(toDirectory(), `${id}.json`);

const isMissing = (error: unknown) =>
  error instanceof Error && "code" in error && error.code === "ENOENT";

/** Keeps an entry until it is dropped; safe on disk when it resolves. */
export async function spool(id: string, entry: object): Promise<void> {
  await fs.mkdir(toDirectory(), { recursive: true, mode: 0o700 });
  const handle = await fs.open(`${toFile(id)}.tmp`, "w", 0o600);
  try {
    await handle.writeFile(JSON.stringify(entry));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await fs.rename(`${toFile(id)}.tmp`, toFile(id));
}

export async function dropSpooled(id: string): Promise<void> {
  await fs.rm(toFile(id), { force: true });
}

/** Keeps an entry that cannot be read under a name that nobody looks for. */
export async function setAside(id: string): Promise<void> {
  await fs.rename(toFile(id), `${toFile(id)}.bad`);
}

/** Ids of all entries; none where nothing was ever spooled. */
export async function listSpooled(): Promise<string[]> {
  try {
    const names = await fs.readdir(toDirectory());
    return names.filter((name) => /^\w+\.json$/.test(name)).map((name) => name.slice(0, -5));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** An entry as it was kept; null where it is gone. */
export async function readSpooled(id: string): Promise<unknown> {
  try {
    return JSON.parse(await fs.readFile(toFile(id), "utf8"));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
