import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { plant, runTool } from "../support/planted";

const lines = (count: number, line: string) => Array.from({ length: count }, () => line).join("\n");
const branches = lines(13, "  if (value > 0 && value < 9) count += 1;");

/** For each rule that biome.json sets, the file that breaks it. */
const VIOLATIONS: Record<string, [string, string]> = {
  noExcessiveCognitiveComplexity: [
    "lib/shared/a.ts",
    `export function a(value: number) {\n  let count = 0;\n${branches}\n  return count;\n}\n`,
  ],
  noExcessiveLinesPerFunction: [
    "lib/shared/a.ts",
    `export function a() {\n  let count = 0;\n${lines(81, "  count += 1;")}\n  return count;\n}\n`,
  ],
  noBarrelFile: ["lib/shared/a.ts", `export { b } from "./b";\nexport { c } from "./c";\n`],
  noReExportAll: ["lib/shared/a.ts", `export * from "./b";\n`],
  noProcessEnv: ["lib/shared/a.ts", "export const a = process.env.HOME;\n"],
  noDefaultExport: ["lib/shared/a.ts", "export default 1;\n"],
  noNonNullAssertion: ["lib/shared/a.ts", "export const a = (b: string | null) => b!.length;\n"],
  useImportType: ["lib/shared/a.ts", `import { B } from "./b";\nexport type A = B;\n`],
  useFilenamingConvention: ["lib/shared/wrongName.ts", "export const a = 1;\n"],
  useConsistentTypeDefinitions: ["lib/shared/a.ts", "export interface A {\n  b: string;\n}\n"],
  noExcessiveLinesPerFile: ["lib/shared/a.ts", `${lines(251, "export const a = 1;")}\n`],
  noRestrictedImports: [
    "components/chat/a.tsx",
    `import { useEffect } from "react";\nexport const a = useEffect;\n`,
  ],
  noExplicitAny: ["lib/shared/a.ts", "export const a = (b: any) => b;\n"],
  noConsole: ["lib/shared/a.ts", `console.log("a");\n`],
  noEmptyBlockStatements: ["lib/shared/a.ts", "export function a() {}\n"],
  noUnusedImports: ["lib/shared/a.ts", `import { b } from "./b";\nexport const a = 1;\n`],
  noUnusedVariables: ["lib/shared/a.ts", "const a = 1;\nexport const b = 2;\n"],
};

type Rules = Record<string, Record<string, unknown>>;
const { linter } = JSON.parse(fs.readFileSync("biome.json", "utf8")) as {
  linter: { rules: Rules };
};

const lint = (files: Record<string, string>) =>
  runTool(plant(files), "@biomejs/biome/bin/biome", [
    "lint",
    "--vcs-enabled=false",
    "--max-diagnostics=50",
    ".",
  ]);

describe("each lint rule that is set catches a planted violation", () => {
  it("and none is left out here", () => {
    const groups = Object.values(linter.rules).filter((group) => typeof group === "object");
    expect(Object.keys(VIOLATIONS).sort()).toEqual(
      groups.flatMap((group) => Object.keys(group)).sort(),
    );
  });

  for (const [rule, [file, text]] of Object.entries(VIOLATIONS)) {
    it(rule, () => {
      const { status, output } = lint({ [file]: text });
      expect(output).toContain(`/${rule}`);
      expect(status).not.toBe(0);
    });
  }

  it("and a file within the rules passes", () => {
    expect(lint({ "lib/shared/a.ts": "export const a = 1;\n" }).status).toBe(0);
  });
});
