import { createHmac, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import type { ServerResponse } from "node:http";
import { type Exchange, field, sendJson, textField } from "../http.ts";
import {
  findOauthGrant,
  issueTokens,
  OAUTH_LIFETIME_SECONDS,
  type OauthClient,
  type OauthGrant,
  oauthOf,
  subjectOf,
  takeCode,
  takeRefreshToken,
} from "../oauth-store.ts";

const originOf = ({ request }: Exchange) => `http://${request.headers.host}`;

/** Errors come with HTTP 200 (measured 2026-10-06): the body alone tells. Texts are inferred. */
function sendOauthError(response: ServerResponse, error: string, description: string): void {
  sendJson(response, 200, { error, error_description: description });
}

/** A signed JWT. HS256 with the client's secret is inferred; what the real site signs with is unknown. */
function signIdToken(exchange: Exchange, client: OauthClient, grant: OauthGrant): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const now = Math.floor(Date.now() / 1_000);
  const payload = {
    iss: originOf(exchange),
    sub: subjectOf(grant.username),
    aud: client.id,
    iat: now,
    exp: now + 3_600,
    ...(client.echoesNonce && grant.nonce && { nonce: grant.nonce }),
  };
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(payload)}`;
  return `${signed}.${createHmac("sha256", client.secret).update(signed).digest("base64url")}`;
}

/** The client's name and secret, from the form or from Basic. */
function credentialsOf({ request }: Exchange, form: URLSearchParams): [string, string] {
  const basic = /^Basic (\S+)$/.exec(request.headers.authorization ?? "")?.[1];
  if (!basic) return [form.get("client_id") ?? "", form.get("client_secret") ?? ""];
  const [id = "", ...secret] = Buffer.from(basic, "base64").toString("utf8").split(":");
  const decode = (text: string) => new URLSearchParams(`text=${text}`).get("text") ?? "";
  return [decode(id), decode(secret.join(":"))];
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** The grant that a request may have tokens for; a text says why it may not. */
function claimGrant({ state }: Exchange, form: URLSearchParams): OauthGrant | string {
  if (form.get("grant_type") === "refresh_token") {
    const found = takeRefreshToken(state, form.get("refresh_token") ?? "");
    return found ?? "the refresh token is unknown or was used before";
  }
  const found = takeCode(state, form.get("code") ?? "");
  if (!found) return "the code is unknown, expired or was used before";
  return found.redirectUri === form.get("redirect_uri") ? found : "redirect_uri does not match";
}

/** `POST /oauth/token`, form-encoded: a code or a refresh token for a new pair. */
export function oauthToken(exchange: Exchange) {
  const { response, body, state } = exchange;
  const form = new URLSearchParams(typeof body === "string" ? body : "");
  const [id, secret] = credentialsOf(exchange, form);
  const client = oauthOf(state).clients.get(id);
  if (!client || !isSame(client.secret, secret))
    return sendOauthError(response, "invalid_client", "unknown client or wrong secret");
  const type = form.get("grant_type") ?? "";
  if (type !== "authorization_code" && type !== "refresh_token")
    return sendOauthError(response, "unsupported_grant_type", `grant_type ${type}`);
  const grant = claimGrant(exchange, form);
  if (typeof grant === "string") return sendOauthError(response, "invalid_grant", grant);
  if (grant.clientId !== client.id)
    return sendOauthError(response, "invalid_grant", "given to another client");
  const { accessToken, refreshToken } = issueTokens(state, grant);
  sendJson(response, 200, {
    access_token: accessToken,
    token_type: "Bearer",
    expires_in: OAUTH_LIFETIME_SECONDS,
    refresh_token: refreshToken,
    id_token: signIdToken(exchange, client, grant),
    scope: grant.scopes.join(" "),
  });
}

/** `GET /oauth/userinfo`. Status of the refusal is inferred. */
export function userinfo({ response, token, state }: Exchange) {
  const grant = findOauthGrant(state, token);
  if (!grant) {
    const error_description = "the access token is unknown";
    return sendJson(response, 401, { error: "invalid_token", error_description });
  }
  sendJson(response, 200, {
    sub: subjectOf(grant.username),
    ...(grant.scopes.includes("profile") && {
      preferred_username: grant.username,
      nickname: grant.username,
      picture: "",
    }),
  });
}

/** `POST /oauth/register`: anybody may, as measured in October 2026. Keys of the answer follow RFC 7591. */
export function register({ response, body, state }: Exchange) {
  const uris = field(body, "redirect_uris");
  const isList = Array.isArray(uris) && uris.length > 0;
  if (!isList || !uris.every((uri) => typeof uri === "string" && URL.canParse(uri)))
    return sendOauthError(response, "invalid_redirect_uri", "redirect_uris must be addresses");
  const client: OauthClient = {
    id: randomUUID(),
    secret: randomBytes(24).toString("base64url"),
    about: textField(body, "client_name"),
    redirectUris: uris as string[],
  };
  oauthOf(state).clients.set(client.id, client);
  sendJson(response, 200, {
    client_id: client.id,
    client_secret: client.secret,
    client_name: client.about,
    redirect_uris: uris,
  });
}
