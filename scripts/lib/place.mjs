// Where the embedded database lives. As root it must run as another user, who has to reach its files.
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** `nobody`; PostgreSQL refuses to run as root. */
const SERVER_ID = 65_534;
const MAX_SOCKET_PATH = 107;
const SOCKET_NAME_LENGTH = "/.s.PGSQL.5432.lock".length;

const isRoot = process.getuid?.() === 0;

/** Whom the server's processes and files belong to; nothing where the user is an ordinary one. */
export const serverIdentity = isRoot ? { uid: SERVER_ID, gid: SERVER_ID } : {};

/** Whether every directory above and with `target` lets other users pass. */
function isReachableForOthers(target) {
  for (let at = path.resolve(target); ; at = path.dirname(at)) {
    if (fs.existsSync(at) && (fs.statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** A directory of its own below a system directory, the same for the same data directory. */
function ownPlace(dataDir) {
  const name = createHash("sha256").update(path.resolve(dataDir)).digest("hex").slice(0, 12);
  const base =
    fs.existsSync("/var/lib") && isReachableForOthers("/var/lib") ? "/var/lib" : os.tmpdir();
  return path.join(base, "modelscope-playground", name);
}

function makeDirectory(directory, mode) {
  fs.mkdirSync(directory, { recursive: true, mode });
  fs.chmodSync(directory, mode);
}

/** A copy of the server's programs that others can reach; made once a version. */
function copyPrograms(native, place) {
  const version = createHash("sha256").update(fs.realpathSync(native)).digest("hex").slice(0, 8);
  const target = path.join(place, `programs-${version}`);
  if (!fs.existsSync(path.join(target, ".complete"))) {
    fs.rmSync(target, { recursive: true, force: true });
    fs.cpSync(native, target, { recursive: true, verbatimSymlinks: true });
    fs.writeFileSync(path.join(target, ".complete"), "");
  }
  return target;
}

/**
 * The directories of the embedded database: `native` (programs), `data`, `socket`. `moved` names the
 * place of their own where root's data directory or programs cannot be reached by others.
 */
export function choosePlace(dataDir, native) {
  makeDirectory(path.resolve(dataDir), 0o711);
  const isDataReachable = !isRoot || isReachableForOthers(dataDir);
  const areProgramsReachable = !isRoot || isReachableForOthers(native);
  const isMoved = !isDataReachable || !areProgramsReachable;
  const place = isMoved ? ownPlace(dataDir) : null;
  if (place) {
    makeDirectory(path.dirname(place), 0o711);
    makeDirectory(place, 0o711);
  }
  const base = isDataReachable ? path.resolve(dataDir) : place;
  let socket = path.join(base, "run");
  if (socket.length + SOCKET_NAME_LENGTH > MAX_SOCKET_PATH) {
    const name = createHash("sha256").update(socket).digest("hex").slice(0, 12);
    socket = path.join(os.tmpdir(), `msp-${name}`);
  }
  const data = path.join(base, "postgres");
  for (const directory of [data, socket]) {
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (isRoot) fs.chownSync(directory, SERVER_ID, SERVER_ID);
  }
  return {
    native: areProgramsReachable ? native : copyPrograms(native, place),
    data,
    socket,
    moved: place,
  };
}
