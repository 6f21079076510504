import fs from "node:fs";
import path from "node:path";
import { ROOT } from "./prepare.mjs";

const { readSettings } = await import("../../lib/server/env.ts");

/**
 * Reads .env and checks all settings at once, or those of `names` only; prints every fault and ends
 * where there is one.
 */
export function requireSettings(names = null) {
  const file = path.join(ROOT, ".env");
  if (fs.existsSync(file)) process.loadEnvFile(file);
  const wanted = Object.entries(process.env).filter(([name]) => !names || names.includes(name));
  const { settings, faults } = readSettings(Object.fromEntries(wanted));
  if (settings) return { ...settings, DATA_DIR: path.resolve(ROOT, settings.DATA_DIR) };
  for (const { name, text } of faults) console.error(`${name} ${text}`);
  process.exit(1);
}
