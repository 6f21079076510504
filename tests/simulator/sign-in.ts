import { expect } from "vitest";
import { OAUTH_CLIENTS } from "@/simulator/site/oauth-clients";
import { askSite } from "../support/site";

export const REDIRECT = "http://localhost:3000/api/auth/callback";
const [CLIENT] = OAUTH_CLIENTS;
export const SECRET = CLIENT?.secret ?? "";
const ASK = {
  response_type: "code",
  client_id: "simulator-app",
  redirect_uri: REDIRECT,
  scope: "openid profile api-inference",
  state: "s-1",
};

export const authorize = (change: Record<string, string> = {}) =>
  askSite(`/oauth/authorize?${new URLSearchParams({ ...ASK, ...change })}`);

/** What the browser is sent back with. */
export async function returned(change: Record<string, string> = {}) {
  const { status, headers } = await authorize(change);
  expect(status).toBe(302);
  const url = new URL(headers.get("location") ?? "");
  return { base: url.origin + url.pathname, ...Object.fromEntries(url.searchParams) } as Record<
    string,
    string
  >;
}

export const exchangeCode = (code: string, change: Record<string, string> = {}) =>
  askSite("/oauth/token", {
    method: "POST",
    form: {
      grant_type: "authorization_code",
      code,
      redirect_uri: REDIRECT,
      client_id: "simulator-app",
      client_secret: SECRET,
      ...change,
    },
  });

export const refresh = (refresh_token: string) =>
  exchangeCode("", { grant_type: "refresh_token", refresh_token });

export async function signIn(change: Record<string, string> = {}) {
  const { code = "" } = await returned(change);
  const client_id = change.client_id ?? "simulator-app";
  return (await exchangeCode(code, { client_id })).body as Record<string, string>;
}
