import "server-only";
import { now } from "../clock";
import { findStoredKeys } from "../db/stored-files";
import { deleteListed, isOwnFile, listFiles, readFile } from "../storage/files";
import type { ListedFile } from "../storage/store";

export type FilesReport = {
  /** Rows whose file is gone: shown as missing, and nothing can bring them back but a backup. */
  withoutFile: { table: "Image" | "Upload"; id: string; key: string }[];
  /** Files of ours that no row names: what a process that was killed between the two left behind. */
  withoutRow: ListedFile[];
  /** Files of other names in the same place. Nobody here touches them. */
  foreign: number;
  rows: number;
  files: number;
};

/** A file is written before its row; one as young as this may still get it. */
const SETTLED_MS = 60 * 60_000;

async function isThere(key: string): Promise<boolean> {
  const file = await readFile(key);
  await file?.body.cancel();
  return file !== null;
}

/** Holds the store against the database; younger files are let pass. */
export async function reportFiles({ settledMs = SETTLED_MS } = {}): Promise<FilesReport> {
  // Files first: what is stored while rows are read has its row by then.
  const files = new Map<string, ListedFile>();
  let foreign = 0;
  for await (const file of listFiles()) {
    if (isOwnFile(file)) files.set(file.key, file);
    else foreign += 1;
  }
  const rows = await findStoredKeys();
  const named = new Set(rows.map(({ key }) => key));
  const withoutFile: FilesReport["withoutFile"] = [];
  for (const row of rows.filter(({ key }) => !files.has(key))) {
    // One that was stored after the listing is there.
    if (!(await isThere(row.key))) withoutFile.push(row);
  }
  const settledBefore = now().getTime() - settledMs;
  const withoutRow = [...files.values()].filter(
    ({ key, storedAt }) => !named.has(key) && storedAt.getTime() <= settledBefore,
  );
  return { withoutFile, withoutRow, foreign, rows: rows.length, files: files.size };
}

/** Deletes files that no row names and answers how many. */
export async function deleteUnnamed({ withoutRow }: FilesReport): Promise<number> {
  for (const file of withoutRow) await deleteListed(file);
  return withoutRow.length;
}
