import { describe, expect, it } from "vitest";
import { startQuick } from "./quick";

const simulator = await startQuick();

describe("a preflight", () => {
  for (const path of ["/v1/chat/completions", "/v1/messages", "/v1/images/generations", "/x"]) {
    it(`of ${path} has the fixed list, whatever is asked for`, async () => {
      const response = await fetch(simulator.url + path, {
        method: "OPTIONS",
        headers: {
          origin: "https://app.example",
          "access-control-request-method": "POST",
          "access-control-request-headers": "x-api-key, x-modelscope-async-mode",
        },
      });
      expect(response.status).toBe(204);
      const allowed = response.headers.get("access-control-allow-headers") ?? "";
      expect(allowed).toMatch(/,Content-Type,Range,Authorization$/);
      expect(allowed).not.toMatch(/x-api-key|anthropic-version|modelscope/i);
    });
  }
});

describe("what every answer has", () => {
  it("the headers of the CDN, and none of a quota", async () => {
    for (const path of ["/v1/models", "/v1/usage", "/"]) {
      const { headers } = await fetch(simulator.url + path);
      expect(headers.get("access-control-allow-origin")).toBe("*");
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("set-cookie")).toMatch(/^acw_tc=/);
      expect(headers.get("strict-transport-security")).toBeTruthy();
      expect([...headers.keys()].filter((name) => name.includes("ratelimit"))).toEqual([]);
    }
  });

  for (const path of ["/v1/usage", "/v1/images/edits", "/v1/quota", "/api/user/self"]) {
    it(`${path} is not there`, async () => {
      const response = await fetch(simulator.url + path, { method: "POST", body: "{}" });
      expect(response.status).toBe(404);
      expect(response.headers.get("content-type")).toBe("text/plain");
      expect(await response.text()).toBe("404 page not found");
    });
  }
});
