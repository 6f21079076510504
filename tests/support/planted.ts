import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

const ROOT = path.resolve(import.meta.dirname, "../..");
const CONFIGS = [
  "biome.json",
  ".dependency-cruiser.cjs",
  "knip.json",
  "tsconfig.json",
  "package.json",
];

/** A small tree with the project's own rules and the given files; gone after the test. */
export function plant(files: Record<string, string>): string {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "msp-planted-"));
  onTestFinished(() => fs.rmSync(directory, { recursive: true, force: true }));
  for (const config of CONFIGS)
    fs.copyFileSync(path.join(ROOT, config), path.join(directory, config));
  fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(directory, "node_modules"));
  for (const [file, text] of Object.entries(files)) {
    const target = path.join(directory, file);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.writeFileSync(target, text);
  }
  return directory;
}

/** What one of the project's tools says of a directory. */
export function runTool(
  directory: string,
  script: string,
  args: string[],
): { status: number | null; output: string } {
  const result = spawnSync(process.execPath, [path.join(ROOT, "node_modules", script), ...args], {
    cwd: directory,
    encoding: "utf8",
  });
  return { status: result.status, output: `${result.stdout}${result.stderr}` };
}
