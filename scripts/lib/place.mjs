// Where the embedded database lives. As root it must run as another user, who has to reach its files.
import { createHash, randomBytes } from "node:crypto";
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

/** A random name that stays with the data directory, so that a new clone never finds an old database. */
function readPlaceId(dataDir) {
  const file = path.join(dataDir, "place-id");
  if (!fs.existsSync(file)) fs.writeFileSync(file, randomBytes(8).toString("hex"), { mode: 0o600 });
  return fs.readFileSync(file, "utf8").trim();
}

/** A directory of its own below a system directory that only root writes to. */
function ownPlace(dataDir) {
  const base = ["/var/lib", "/opt", "/srv"].find(
    (directory) => fs.existsSync(directory) && isReachableForOthers(directory),
  );
  if (!base)
    throw new Error(
      "DATA_DIR: other users cannot enter it, and there is no other place; set DATA_DIR",
    );
  return path.join(base, "modelscope-playground", readPlaceId(dataDir));
}

function makeDirectory(directory, mode) {
  if (fs.existsSync(directory)) return;
  fs.mkdirSync(directory, { recursive: true, mode });
  fs.chmodSync(directory, mode);
}

/** Lets other users read and enter a tree, whatever the umask was. */
function openTree(directory) {
  for (const entry of fs.readdirSync(directory, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (!entry.isSymbolicLink())
      fs.chmodSync(file, fs.statSync(file).mode | (entry.isDirectory() ? 0o555 : 0o444));
  }
  fs.chmodSync(directory, 0o755);
}

/** A copy of the server's programs that others can reach; made once a version. */
function copyPrograms(native, place) {
  const manifest = JSON.parse(fs.readFileSync(path.join(native, "../package.json"), "utf8"));
  const target = path.join(place, `programs-${manifest.version}`);
  if (!fs.existsSync(path.join(target, ".complete"))) {
    fs.rmSync(target, { recursive: true, force: true });
    fs.cpSync(native, target, { recursive: true, verbatimSymlinks: true });
    openTree(target);
    fs.writeFileSync(path.join(target, ".complete"), "");
  }
  return target;
}

/** Throws where a database was made by another user: each of both would lock the other out. */
function requireOwner(data) {
  const version = path.join(data, "PG_VERSION");
  if (!fs.existsSync(version) || process.platform === "win32") return;
  const { uid } = fs.statSync(version);
  const expected = isRoot ? SERVER_ID : process.getuid();
  if (uid !== expected) {
    throw new Error(
      `DATA_DIR holds a database of another user (uid ${uid}); start it as that user, or choose another DATA_DIR`,
    );
  }
}

/** A directory of mode 0700 that belongs to the server's user; one of another's making is refused. */
function makePrivateDirectory(directory) {
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (process.platform === "win32") return;
  if (isRoot) fs.chownSync(directory, SERVER_ID, SERVER_ID);
  const { uid, mode } = fs.lstatSync(directory);
  const expected = isRoot ? SERVER_ID : process.getuid();
  if (!fs.lstatSync(directory).isDirectory() || uid !== expected || (mode & 0o077) !== 0) {
    throw new Error(`${directory} is not a private directory of this user; remove it`);
  }
}

/** Where the socket lies: beside the data, or in the temporary directory where that path is too long. */
function chooseSocket(base) {
  const socket = path.join(base, "run");
  if (socket.length + SOCKET_NAME_LENGTH <= MAX_SOCKET_PATH) return socket;
  const name = createHash("sha256").update(socket).digest("hex").slice(0, 12);
  return path.join(os.tmpdir(), `msp-${name}`);
}

/**
 * The directories of the embedded database: `native` (programs), `data`, `socket`. `moved` names the
 * place of their own where root's data directory or programs cannot be reached by others.
 */
export function choosePlace(dataDir, native) {
  makeDirectory(path.resolve(dataDir), 0o711);
  // Root's own data directory may be passed through, its contents stay private.
  if (isRoot && fs.statSync(dataDir).uid === 0) fs.chmodSync(dataDir, 0o711);
  const isDataReachable = !isRoot || isReachableForOthers(dataDir);
  const areProgramsReachable = !isRoot || isReachableForOthers(native);
  const place = isDataReachable && areProgramsReachable ? null : ownPlace(path.resolve(dataDir));
  if (place) {
    makeDirectory(path.dirname(place), 0o711);
    makeDirectory(place, 0o711);
  }
  const base = isDataReachable ? path.resolve(dataDir) : place;
  const data = path.join(base, "postgres");
  const socket = chooseSocket(base);
  requireOwner(data);
  makePrivateDirectory(socket);
  return {
    native: areProgramsReachable ? native : copyPrograms(native, place),
    data,
    socket,
    moved: place,
  };
}

/** Makes an empty directory for the server's user, in the place of what a broken start left there. */
export function makeServerDirectory(directory) {
  fs.rmSync(directory, { recursive: true, force: true });
  makePrivateDirectory(directory);
}
