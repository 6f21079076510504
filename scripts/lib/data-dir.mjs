// The data directory: exclusive to one launcher, with the keys that are made once.
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** Makes the directory and checks that it can be written. */
export function openDataDir(dataDir) {
  try {
    fs.mkdirSync(dataDir, { recursive: true, mode: 0o711 });
    const probe = path.join(dataDir, `.probe-${process.pid}`);
    fs.writeFileSync(probe, "");
    fs.rmSync(probe);
  } catch (error) {
    throw new Error(
      `DATA_DIR cannot be written (${error.code}); choose another or change its owner`,
    );
  }
}

function isLauncher(pid) {
  if (!pid || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== "EPERM") return false;
  }
  const commandLine = `/proc/${pid}/cmdline`;
  if (!fs.existsSync("/proc/self/cmdline")) return true;
  return (
    fs.existsSync(commandLine) &&
    /scripts\/(start|demo|dev)\.mjs/.test(fs.readFileSync(commandLine, "utf8"))
  );
}

/**
 * Claims a data directory for this launcher; `wasKilled` tells that the one before left its mark
 * behind. Throws where another runs.
 */
export function claimDataDir(dataDir) {
  const file = path.join(dataDir, "launcher.pid");
  const before = fs.existsSync(file) ? Number(fs.readFileSync(file, "utf8")) : 0;
  const inUse = `another launcher (pid ${before}) already uses this DATA_DIR; stop it or choose another`;
  if (isLauncher(before)) throw new Error(inUse);
  fs.rmSync(file, { force: true });
  try {
    fs.writeFileSync(file, String(process.pid), { flag: "wx" });
  } catch {
    throw new Error(inUse); // two started in the same moment
  }
  return { wasKilled: before !== 0, release: () => fs.rmSync(file, { force: true }) };
}

/** A secret file that is made once and readable by its owner only. */
function readOrMake(dataDir, name, make) {
  const file = path.join(dataDir, name);
  if (!fs.existsSync(file)) fs.writeFileSync(file, make(), { mode: 0o600, flag: "wx" });
  return { file, text: fs.readFileSync(file, "utf8").trim() };
}

/** The session secret and the file of the key ring where the settings name none. */
export function readKeys(dataDir, settings) {
  const key = () => randomBytes(32).toString("base64");
  const hasKeys = settings.TOKEN_KEYS !== undefined || settings.TOKEN_KEYS_FILE !== undefined;
  return {
    ...(!settings.AUTH_SECRET && { AUTH_SECRET: readOrMake(dataDir, "auth-secret", key).text }),
    ...(!hasKeys && {
      TOKEN_KEYS_FILE: readOrMake(dataDir, "token-keys", () => `k1:${key()}`).file,
    }),
  };
}
