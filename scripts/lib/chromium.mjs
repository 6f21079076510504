// A Chromium for the journeys: an installed one, else Playwright's own, else Debian's package.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { findProgram, installPackages } from "./debian.mjs";
import { ROOT } from "./prepare.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const DOWNLOAD_TIMEOUT_MS = 180_000;

async function findPlaywrights() {
  const { chromium } = await import("@playwright/test");
  return fs.existsSync(chromium.executablePath()) ? chromium.executablePath() : null;
}

function downloadPlaywrights() {
  console.log("No Chromium is installed; trying Playwright's own …");
  const cli = path.join(ROOT, "node_modules/@playwright/test/cli.js");
  spawnSync(process.execPath, [cli, "install", "chromium"], {
    stdio: "ignore",
    timeout: DOWNLOAD_TIMEOUT_MS,
    env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "10000" },
  });
}

/** Path of a Chromium that runs here; throws where none can be had. */
export async function ensureChromium() {
  const found = process.env.CHROMIUM ?? findProgram(NAMES) ?? (await findPlaywrights());
  if (found) return found;
  downloadPlaywrights();
  const own = await findPlaywrights();
  if (own) return own;
  installPackages("chromium", "fonts-noto-cjk");
  const installed = findProgram(NAMES);
  if (installed) return installed;
  throw new Error("no Chromium for the browser tests: install one, or set CHROMIUM to its path");
}
