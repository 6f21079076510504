import "server-only";
import { now } from "../clock";
import { findStoredKeys } from "../db/stored-files";
import { deleteListed, listFiles } from "../storage/files";
import type { ListedFile } from "../storage/store";

export type FilesReport = {
  /** Rows whose file is gone: shown as missing, and nothing can bring them back but a backup. */
  withoutFile: { table: "Image" | "Upload"; id: string; key: string }[];
  /** Files that no row names: what a process that was killed between the two left behind. */
  withoutRow: ListedFile[];
  rows: number;
  files: number;
};

/** A file is written before its row; one as young as this may still get it. */
const SETTLED_MS = 60 * 60_000;

/** Holds the store against the database. Reads names alone, no bytes; younger files are let pass. */
export async function reportFiles({ settledMs = SETTLED_MS } = {}): Promise<FilesReport> {
  // Files first: what is stored while rows are read has its row by then.
  const files = new Map<string, ListedFile>();
  for await (const file of listFiles()) files.set(file.key, file);
  const rows = await findStoredKeys();
  const named = new Set(rows.map(({ key }) => key));
  const settledBefore = now().getTime() - settledMs;
  return {
    withoutFile: rows.filter(({ key }) => !files.has(key)),
    withoutRow: [...files.values()].filter(
      ({ key, storedAt }) => !named.has(key) && storedAt.getTime() <= settledBefore,
    ),
    rows: rows.length,
    files: files.size,
  };
}

/** Deletes files that no row names and answers how many. */
export async function deleteUnnamed({ withoutRow }: FilesReport): Promise<number> {
  for (const file of withoutRow) await deleteListed(file);
  return withoutRow.length;
}
