import { describe, expect, it } from "vitest";
import { askSite, at } from "../support/site";
import { refresh, signIn } from "./sign-in";

const infer = (token: string, model = "Qwen/Qwen3-8B") =>
  askSite("/v1/chat/completions", {
    method: "POST",
    token,
    body: { model, messages: [{ role: "user", content: "Hello" }], enable_thinking: false },
  });

describe("the token of an application", () => {
  it("infers as a healthy account", async () => {
    const { access_token: token = "" } = await signIn({ login_hint: "infers" });
    const { status, body } = await infer(token);
    expect(status).toBe(200);
    expect(at(body, "choices", 0, "message", "content")).toContain("Hello");
  });

  for (const [name, scope] of [
    ["without its scope", "openid profile"],
    ["with a scope for something else", "openid read-repos"],
  ] as const) {
    it(`does not infer ${name}`, async () => {
      const { access_token: token = "" } = await signIn({ scope });
      const { status, body } = await infer(token);
      expect(status).toBe(401);
      expect(at(body, "error", "message")).toContain("Authentication failed");
    });
  }

  it("does not infer if nobody gave it out", async () => {
    expect((await infer(`ms_oauth${"x".repeat(467)}`)).status).toBe(401);
  });

  it("has the same Magicubes after a refresh, and none of another person's", async () => {
    const balanceOf = async (token: string) => {
      const { body } = await askSite("/openapi/v1/magicubes/balance", { token });
      return at(body, "data", "available_balance");
    };
    const { access_token: token = "", refresh_token = "" } = await signIn({ login_hint: "spends" });
    await infer(token);
    const renewed = String(at((await refresh(refresh_token)).body, "access_token"));
    const { access_token: other = "" } = await signIn({ login_hint: "saves" });
    expect([await balanceOf(renewed), await balanceOf(other)]).toEqual([249.5, 250]);
  });
});
