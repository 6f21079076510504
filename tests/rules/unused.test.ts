import { describe, expect, it } from "vitest";
import { plant, runTool } from "../support/planted";

const { findCruiseFault } = (await import("../../scripts/lib/cruise.mjs" as string)) as {
  findCruiseFault: (output: string) => string | null;
};

const knip = (files: Record<string, string>) =>
  runTool(plant(files), "knip/bin/knip.js", ["--no-config-hints"]);
const PAGE = `import { used } from "@/lib/shared/a";\nexport default function Page() {\n  return used;\n}\n`;

describe("what nothing uses is found", () => {
  it("an export", () => {
    const { output, status } = knip({
      "app/page.tsx": PAGE,
      "lib/shared/a.ts": "export const used = 1;\nexport const forgotten = 2;\n",
    });
    expect(output).toMatch(/Unused exports[\s\S]*forgotten/);
    expect(status).not.toBe(0);
  });

  it("a file", () => {
    const { output } = knip({
      "app/page.tsx": PAGE,
      "lib/shared/a.ts": "export const used = 1;\n",
      "lib/shared/forgotten.ts": "export const a = 1;\n",
    });
    expect(output).toMatch(/Unused files[\s\S]*lib\/shared\/forgotten\.ts/);
  });

  it("a dependency", () => {
    const { output } = knip({
      "app/page.tsx": PAGE,
      "lib/shared/a.ts": "export const used = 1;\n",
    });
    expect(output).toMatch(/Unused dependencies[\s\S]*marked/);
  });
});

describe("a cruise that read nothing", () => {
  it("is a fault, whatever it says", () => {
    expect(
      findCruiseFault("✔ no dependency violations found (0 modules, 0 dependencies cruised)"),
    ).toContain("0 modules");
    expect(
      findCruiseFault("✔ no dependency violations found (285 modules, 1 dependencies cruised)"),
    ).toBeNull();
  });
});
