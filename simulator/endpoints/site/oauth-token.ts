import { createHmac, timingSafeEqual } from "node:crypto";
import { type Exchange, originOf, sendJson } from "../../http.ts";
import { sendOauthError } from "../../site/envelopes.ts";
import type { OauthClient } from "../../site/oauth-clients.ts";
import {
  issueTokens,
  OAUTH_LIFETIME_SECONDS,
  type OauthGrant,
  subjectOf,
  takeCode,
  takeRefreshToken,
} from "../../site/oauth-store.ts";

/** A signed JWT. HS256 with the client's secret is inferred; what the real site signs with is unknown. */
function signIdToken(exchange: Exchange, client: OauthClient, grant: OauthGrant): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  // By the machine's clock: whoever checks it has no other.
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

/** `POST /oauth/token`, form-encoded: a code or a refresh token for a new pair. Texts are inferred. */
export function oauthToken(exchange: Exchange) {
  const { response, body, state } = exchange;
  const form = new URLSearchParams(typeof body === "string" ? body : "");
  const [id, secret] = credentialsOf(exchange, form);
  const client = state.oauth.clients.get(id);
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
