import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { getSimulator } from "../support/api";
import { askSite, at } from "../support/site";
import { authorize, exchangeCode, REDIRECT, refresh, returned, SECRET, signIn } from "./sign-in";

const payloadOf = (jwt = "") =>
  JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString()) as Record<
    string,
    unknown
  >;

describe("the way to the application and back", () => {
  it("says yes at once, with code and state", async () => {
    expect(await returned()).toEqual({ base: REDIRECT, code: expect.any(String), state: "s-1" });
  });

  const refused: [string, Record<string, string>, string][] = [
    ["a person who says no", { prompt: "deny" }, "access_denied"],
    ["a client whose people say no", { client_id: "simulator-app-denied" }, "access_denied"],
    ["no openid", { scope: "profile" }, "invalid_scope"],
    ["a scope nobody knows", { scope: "openid everything" }, "invalid_scope"],
    ["no code asked for", { response_type: "token" }, "unsupported_response_type"],
  ];
  for (const [name, change, error] of refused) {
    it(name, async () => {
      const answer = await returned(change);
      expect([answer.error, answer.state, answer.code]).toEqual([error, "s-1", undefined]);
    });
  }

  for (const [name, change] of [
    ["an unknown client", { client_id: "nobody" }],
    ["an address elsewhere", { redirect_uri: "https://example.com/callback" }],
    ["no address", { redirect_uri: "callback" }],
  ] as [string, Record<string, string>][]) {
    it(`${name} is never returned to`, async () => {
      const { status, headers } = await authorize(change);
      expect([status, headers.get("location")]).toEqual([400, null]);
    });
  }
});

describe("a code for tokens", () => {
  it("in the form that was measured", async () => {
    const tokens = await signIn();
    expect(tokens).toEqual({
      access_token: expect.stringMatching(/^ms_oauth[\w-]{467}$/),
      token_type: "Bearer",
      expires_in: 2_592_000,
      refresh_token: expect.any(String),
      id_token: expect.any(String),
      scope: "openid profile api-inference",
    });
    const [head, payload, signature] = String(tokens.id_token).split(".");
    const expected = createHmac("sha256", SECRET).update(`${head}.${payload}`).digest("base64url");
    expect(signature).toBe(expected);
    expect(payloadOf(tokens.id_token)).toMatchObject({
      iss: getSimulator().url,
      aud: "simulator-app",
      sub: expect.stringMatching(/^msub_/),
    });
  });

  for (const [client_id, nonce] of [
    ["simulator-app", undefined],
    ["simulator-app-nonce", "n-1"],
  ] as const) {
    it(`nonce of ${client_id}: ${nonce}`, async () => {
      const { id_token } = await signIn({ client_id, nonce: "n-1" });
      expect(payloadOf(id_token).nonce).toBe(nonce);
    });
  }

  it("with the secret as Basic", async () => {
    const { code = "" } = await returned();
    const { body } = await askSite("/oauth/token", {
      method: "POST",
      form: { grant_type: "authorization_code", code, redirect_uri: REDIRECT },
      headers: {
        authorization: `Basic ${Buffer.from(`simulator-app:${SECRET}`).toString("base64")}`,
      },
    });
    expect(at(body, "token_type")).toBe("Bearer");
  });

  const faults: [string, Record<string, string>, string][] = [
    ["a wrong secret", { client_secret: "wrong" }, "invalid_client"],
    ["an unknown client", { client_id: "nobody" }, "invalid_client"],
    ["another client", { client_id: "simulator-app-nonce" }, "invalid_grant"],
    ["an unknown code", { code: "guessed" }, "invalid_grant"],
    ["another address", { redirect_uri: "http://localhost:3000/other" }, "invalid_grant"],
    ["an unknown grant", { grant_type: "password" }, "unsupported_grant_type"],
  ];
  for (const [name, change, error] of faults) {
    it(`${name}: ${error}, with HTTP 200`, async () => {
      const { code = "" } = await returned();
      const { status, body } = await exchangeCode(code, change);
      expect(status).toBe(200);
      expect(body).toEqual({ error, error_description: expect.any(String) });
    });
  }

  it("once only", async () => {
    const { code = "" } = await returned();
    expect(at((await exchangeCode(code)).body, "error")).toBeUndefined();
    expect(at((await exchangeCode(code)).body, "error")).toBe("invalid_grant");
  });
});

describe("a refresh token", () => {
  it("works once and brings another one", async () => {
    const first = await signIn();
    const second = (await refresh(first.refresh_token ?? "")).body as Record<string, string>;
    expect(second.access_token).not.toBe(first.access_token);
    expect(second.scope).toBe(first.scope);
    expect(at((await refresh(first.refresh_token ?? "")).body, "error")).toBe("invalid_grant");
    const third = await refresh(second.refresh_token ?? "");
    expect(at(third.body, "access_token")).toBeTypeOf("string");
  });
});

describe("where the token of an application counts", () => {
  it("userinfo, by scope", async () => {
    const { access_token: full = "" } = await signIn({ login_hint: "demo-person" });
    const { access_token: bare = "" } = await signIn({
      scope: "openid",
      login_hint: "demo-person",
    });
    const known = await askSite("/oauth/userinfo", { token: full });
    expect(known.body).toMatchObject({
      preferred_username: "demo-person",
      nickname: "demo-person",
    });
    const little = await askSite("/oauth/userinfo", { token: bare });
    expect(little.body).toEqual({ sub: at(known.body, "sub") });
    expect((await askSite("/oauth/userinfo", { token: "ms_oauth-guessed" })).status).toBe(401);
  });

  it("the OpenAPI, as a healthy account", async () => {
    const { access_token: token = "" } = await signIn();
    const me = await askSite("/openapi/v1/users/me", { token });
    expect(at(me.body, "data", "username")).toBe("simulated-oauth");
    const balance = await askSite("/openapi/v1/magicubes/balance", { token });
    expect(at(balance.body, "data", "available_balance")).toBe(250);
  });

  for (const [method, path] of [
    ["GET", "/api/v1/users/login/info"],
    ["PUT", "/api/v1/dolphin/models"],
    ["GET", "/api/v1/inference/list_model_providers?ModelId=ZhipuAI/GLM-5.2"],
    ["GET", "/api/v1/mcp/services/operational"],
  ] as const) {
    it(`not ${path}`, async () => {
      const { access_token: token = "" } = await signIn();
      const { status, body } = await askSite(path, { method, token });
      expect(status).toBe(401);
      expect(body).toMatchObject({
        Code: 10010101003,
        Message: "oauth token is not supported by this endpoint",
        Success: false,
      });
    });
  }
});

describe("an application", () => {
  it("finds everything in the metadata", async () => {
    const { body } = await askSite("/.well-known/openid-configuration");
    expect(at(body, "token_endpoint")).toBe(`${getSimulator().url}/oauth/token`);
    expect(at(body, "token_endpoint_auth_methods_supported")).toHaveLength(2);
    expect(body).not.toHaveProperty("code_challenge_methods_supported");
  });

  it("registers, and returns to its own address only", async () => {
    const redirect_uri = "https://app.example.com/callback";
    const { body } = await askSite("/oauth/register", {
      method: "POST",
      body: { client_name: "Demo", redirect_uris: [redirect_uri] },
    });
    const client_id = String(at(body, "client_id"));
    expect((await returned({ client_id, redirect_uri })).base).toBe(redirect_uri);
    expect((await authorize({ client_id })).status).toBe(400);
  });

  it("does not register without an address", async () => {
    const { body } = await askSite("/oauth/register", { method: "POST", body: {} });
    expect(at(body, "error")).toBe("invalid_redirect_uri");
  });
});
