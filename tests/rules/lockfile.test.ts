import fs from "node:fs";
import { describe, expect, it } from "vitest";

type Entry = {
  version?: string;
  integrity?: string;
  inBundle?: boolean;
  resolved?: string;
  optionalDependencies?: Record<string, string>;
};
const { packages } = JSON.parse(fs.readFileSync("package-lock.json", "utf8")) as {
  packages: Record<string, Entry>;
};
const manifest = JSON.parse(fs.readFileSync("package.json", "utf8")) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

/** Oldest versions without the published holes, by package. */
const FLOORS: Record<string, string> = {
  next: "16.3.3",
  react: "19.2.6",
  "react-dom": "19.2.6",
  "next-auth": "4.24.15",
  sharp: "0.35.4",
  ai: "7.0.0",
};

const compare = (a: string, b: string) => a.localeCompare(b, "en", { numeric: true });

/** Whether Node, looking up from `from`, would find `name` among the locked packages. */
function isLocked(from: string, name: string): boolean {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf("/node_modules/")))) {
    if (packages[`${base ? `${base}/` : ""}node_modules/${name}`]) return true;
    if (!base) return false;
  }
}

describe("the lock file", () => {
  it("has the optional packages of every platform", () => {
    const missing = Object.entries(packages).flatMap(([at, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(at, name)),
    );
    expect(missing).toEqual([]);
  });

  it("has a SHA-512 for every package that is downloaded, and none from elsewhere", () => {
    for (const [at, { integrity, inBundle, resolved }] of Object.entries(packages)) {
      if (at === "" || inBundle) continue;
      expect([at, integrity]).toEqual([at, expect.stringMatching(/^sha512-/)]);
      if (resolved) expect(resolved).toMatch(/^https:\/\/registry\.npmjs\.org\//);
    }
  });

  it("has no version below the known holes, and one copy of each", () => {
    for (const [name, floor] of Object.entries(FLOORS)) {
      const copies = Object.keys(packages).filter((at) => at.endsWith(`node_modules/${name}`));
      expect([name, copies.length]).toEqual([name, 1]);
      const version = packages[`node_modules/${name}`]?.version ?? "0";
      expect([name, compare(version, floor) >= 0]).toEqual([name, true]);
    }
  });

  it("has exact versions in package.json", () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter(([, version]) => !/^\d/.test(version))).toEqual([]);
  });
});
