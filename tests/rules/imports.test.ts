import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { plant, runTool } from "../support/planted";

type Rules = { forbidden: { name: string }[]; required: { name: string }[] };
const { forbidden, required }: Rules = createRequire(import.meta.url)(
  "../../.dependency-cruiser.cjs",
);

const SERVER = 'import "server-only";\n';
const value = "export const value = 1;\n";
const use = (from: string) => `import { value } from "${from}";\nexport const used = value;\n`;

/** For each rule the file that breaks it and what it imports. */
const VIOLATIONS: Record<string, Record<string, string>> = {
  "no-circular": {
    "lib/shared/a.ts": `import { b } from "./b";\nexport const a = () => b;\n`,
    "lib/shared/b.ts": `import { a } from "./a";\nexport const b = () => a;\n`,
  },
  "shared-is-pure": { "lib/shared/a.ts": `import fs from "node:fs";\nexport const a = fs;\n` },
  "client-only-sees-shared": {
    "lib/client/a.ts": use("@/lib/server/b"),
    "lib/server/b.ts": SERVER + value,
  },
  "ui-never-reaches-server": {
    "components/chat/a.tsx": use("@/lib/shared/b"),
    "lib/shared/b.ts": `export { value } from "../server/c";\n`,
    "lib/server/c.ts": SERVER + value,
  },
  "ui-primitives-have-no-domain": {
    "components/ui/a.tsx": use("@/lib/shared/b"),
    "lib/shared/b.ts": value,
  },
  "features-do-not-touch-each-other": {
    "components/chat/a.tsx": use("../images/b"),
    "components/images/b.tsx": value,
  },
  "common-does-not-know-features": {
    "components/common/a.tsx": use("../chat/b"),
    "components/chat/b.tsx": value,
  },
  "only-routes-use-http": {
    "lib/server/services/a.ts": SERVER + use("../http/b"),
    "lib/server/http/b.ts": SERVER + value,
  },
  "nothing-imports-app": { "lib/server/services/a.ts": SERVER + use("@/app/b"), "app/b.ts": value },
  "prisma-client-stays-in-db": {
    "lib/server/services/a.ts": SERVER + use("../db/client"),
    "lib/server/db/client.ts": SERVER + value,
  },
  "db-is-reached-through-services": {
    "app/a.ts": use("@/lib/server/db/b"),
    "lib/server/db/b.ts": SERVER + value,
  },
  "upstream-is-reached-through-services": {
    "app/a.ts": use("@/lib/server/modelscope/b"),
    "lib/server/modelscope/b.ts": SERVER + value,
  },
  "adapters-do-not-call-each-other": {
    "lib/server/db/a.ts": SERVER + use("../modelscope/b"),
    "lib/server/modelscope/b.ts": SERVER + value,
  },
  "only-modelscope-calls-upstream": {
    "lib/server/services/a.ts": SERVER + use("../net/upstream"),
    "lib/server/net/upstream.ts": SERVER + value,
  },
  "services-do-not-know-http-or-session": {
    "lib/server/services/a.ts": SERVER + use("../auth/b"),
    "lib/server/auth/b.ts": SERVER + value,
  },
  "routes-are-thin": {
    "app/api/a/route.ts": use("@/lib/server/env"),
    "lib/server/env.ts": SERVER + value,
  },
  "tests-are-leaves": { "lib/shared/a.ts": use("@/tests/b"), "tests/b.ts": value },
  "runs-and-jobs": {
    "lib/server/jobs/a.ts": SERVER + use("../runs/b"),
    "lib/server/runs/b.ts": SERVER + value,
  },
  "simulator-stands-alone": { "simulator/a.ts": use("@/lib/shared/b"), "lib/shared/b.ts": value },
  "nothing-imports-simulator": { "lib/shared/a.ts": use("@/simulator/b"), "simulator/b.ts": value },
  "no-unresolvable": { "lib/shared/a.ts": use("./missing") },
  "server-files-are-server-only": { "lib/server/a.ts": value },
};

const cruise = (directory: string) =>
  runTool(directory, "dependency-cruiser/bin/dependency-cruiser.mjs", [
    ".",
    "--config",
    ".dependency-cruiser.cjs",
  ]);

describe("each import rule catches a planted violation", () => {
  it("and none is left out here", () => {
    const names = [...forbidden, ...required].map(({ name }) => name);
    expect(Object.keys(VIOLATIONS).sort()).toEqual(names.sort());
  });

  for (const [rule, files] of Object.entries(VIOLATIONS)) {
    it(rule, () => {
      const { status, output } = cruise(plant(files));
      expect(output).toContain(`error ${rule}:`);
      expect(status).not.toBe(0);
    });
  }

  it("also when only a type is imported, or the import is dynamic", () => {
    const files = {
      "components/chat/a.tsx": `import type { T } from "@/lib/server/b";\nexport type U = T;\n`,
      "components/chat/c.tsx": `export const load = () => import("@/lib/server/b");\n`,
      "lib/server/b.ts": `${SERVER}export type T = 1;\n`,
    };
    const { output } = cruise(plant(files));
    expect(output).toContain("error ui-never-reaches-server: components/chat/a.tsx");
    expect(output).toContain("error ui-never-reaches-server: components/chat/c.tsx");
  });

  it("and a tree within the rules passes", () => {
    const files = { "components/chat/a.tsx": use("@/lib/shared/b"), "lib/shared/b.ts": value };
    expect(cruise(plant(files)).status).toBe(0);
  });
});
