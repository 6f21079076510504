// Programs that the tests need beside npm's packages: found on this machine, else Debian's packages as root.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** Where the first of these programs stands; undefined where none is installed. */
export function findProgram(names) {
  const directories = [...(process.env.PATH ?? "").split(path.delimiter), "/usr/sbin"];
  return names
    .flatMap((name) => directories.map((directory) => path.join(directory, name)))
    .find((file) => fs.existsSync(file));
}

/** Installs packages where that is possible here; says so, and goes on where it is not. */
export function installPackages(...packages) {
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) return;
  console.log(`Installing Debian's ${packages[0]} …`);
  const options = { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  spawnSync("apt-get", ["update"], options);
  spawnSync("apt-get", ["install", "-y", "--no-install-recommends", ...packages], options);
}

/** Path of nginx; undefined where it can neither be found nor installed. */
export function ensureNginx() {
  const found = findProgram(["nginx"]);
  if (found) return found;
  installPackages("nginx-light");
  return findProgram(["nginx"]);
}
