import { type Exchange, sendRedirect } from "../../http.ts";
import { sendOauthError } from "../../site/envelopes.ts";
import { OAUTH_SCOPES, type OauthClient } from "../../site/oauth-clients.ts";
import { issueCode } from "../../site/oauth-store.ts";

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];
/** Who signs in where no `login_hint` names somebody else: there is no page to type a name in. */
const DEFAULT_USERNAME = "simulated-oauth";

const scopesIn = (ask: URLSearchParams) => (ask.get("scope") ?? "").split(" ").filter(Boolean);

function mayReturnTo(client: OauthClient, uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  return client.redirectUris?.includes(uri) ?? LOOPBACK.includes(new URL(uri).hostname);
}

/** Why a request is sent back to the application without a code; null where it is not. */
function refusalOf(client: OauthClient, ask: URLSearchParams): [string, string] | null {
  const scopes = scopesIn(ask);
  const unknown = scopes.find((scope) => !OAUTH_SCOPES.includes(scope));
  if (ask.get("response_type") !== "code") return ["unsupported_response_type", "code only"];
  if (!scopes.includes("openid")) return ["invalid_scope", "openid is required"];
  if (unknown) return ["invalid_scope", `unknown scope ${unknown}`];
  if (client.isDenied || ask.get("prompt") === "deny")
    return ["access_denied", "the user denied the request"];
  return null;
}

/**
 * `GET /oauth/authorize`: says yes for the person, without a page. An address that the application did
 * not register is never returned to.
 */
export function oauthAuthorize({ response, url, state }: Exchange) {
  const ask = url.searchParams;
  const client = state.oauth.clients.get(ask.get("client_id") ?? "");
  const redirectUri = ask.get("redirect_uri") ?? "";
  if (!client || !mayReturnTo(client, redirectUri)) {
    const description = "unknown client or redirect_uri";
    return sendOauthError(response, "invalid_request", description, 400);
  }
  const target = new URL(redirectUri);
  const refusal = refusalOf(client, ask);
  if (refusal) {
    target.searchParams.set("error", refusal[0]);
    target.searchParams.set("error_description", refusal[1]);
  } else {
    const code = issueCode(state, {
      clientId: client.id,
      redirectUri,
      scopes: scopesIn(ask),
      nonce: ask.get("nonce"),
      username: ask.get("login_hint") || DEFAULT_USERNAME,
    });
    target.searchParams.set("code", code);
  }
  const sent = ask.get("state");
  if (sent !== null) target.searchParams.set("state", sent);
  sendRedirect(response, 302, target.href);
}
