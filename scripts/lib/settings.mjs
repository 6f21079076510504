import fs from "node:fs";
import path from "node:path";
import { ROOT } from "./prepare.mjs";

const { readSettings } = await import("../../lib/server/env.ts");

/** Reads .env and checks all settings at once; prints every fault and ends where there is one. */
export function requireSettings() {
  const file = path.join(ROOT, ".env");
  if (fs.existsSync(file)) process.loadEnvFile(file);
  const { settings, faults } = readSettings(process.env);
  if (settings) return { ...settings, DATA_DIR: path.resolve(ROOT, settings.DATA_DIR) };
  for (const { name, text } of faults) console.error(`${name} ${text}`);
  process.exit(1);
}
