import { describe, expect, it } from "vitest";
import { toLocalPath } from "./local-path";

describe("the page to go back to", () => {
  for (const path of ["/images", "/images?from=msps_x&pass=a.b", "/s/x", "/chat/c_1?m=2", "/"]) {
    it(`keeps ${path}`, () => expect(toLocalPath(path)).toBe(path));
  }
  const elsewhere = [
    null,
    "",
    "images",
    "//evil.example/images",
    "/\\evil.example",
    "/\t/evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/api/images",
    "/sign-in?next=/sign-in",
    "/x/../api/token",
    "/setup",
    "/.//evil.example",
    "/x/..//evil.example",
    "/%2e//evil.example",
    "/./\\evil.example",
  ];
  for (const path of elsewhere) {
    it(`does not follow ${JSON.stringify(path)}`, () => expect(toLocalPath(path)).toBeNull());
  }
});
