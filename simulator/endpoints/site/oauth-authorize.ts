import { type Exchange, sendJson } from "../http.ts";
import { issueCode, type OauthClient, oauthOf } from "../oauth-store.ts";

const SCOPES = [
  "openid",
  "profile",
  "api-inference",
  "read-repos",
  "list-operational-mcp",
  "manage-mcp-deployment",
];
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];
/** Who signs in where no `login_hint` names somebody else: there is no page to type a name in. */
const DEFAULT_USERNAME = "simulated-oauth";

/** `GET /.well-known/openid-configuration`. PKCE is not declared, as on the real site. */
export function openidConfiguration({ request, response }: Exchange) {
  const origin = `http://${request.headers.host}`;
  sendJson(response, 200, {
    issuer: origin,
    authorization_endpoint: `${origin}/oauth/authorize`,
    token_endpoint: `${origin}/oauth/token`,
    userinfo_endpoint: `${origin}/oauth/userinfo`,
    registration_endpoint: `${origin}/oauth/register`,
    scopes_supported: SCOPES,
    response_types_supported: ["code"],
    grant_types_supported: ["authorization_code", "refresh_token"],
    token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["HS256"], // inferred
  });
}

function mayReturnTo(client: OauthClient, uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  return client.redirectUris?.includes(uri) ?? LOOPBACK.includes(new URL(uri).hostname);
}

/** Why a request is sent back to the application without a code; null where it is not. */
function refusalOf(client: OauthClient, ask: URLSearchParams): [string, string] | null {
  const scopes = (ask.get("scope") ?? "").split(" ").filter(Boolean);
  const unknown = scopes.find((scope) => !SCOPES.includes(scope));
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
export function authorize({ response, url, state }: Exchange) {
  const ask = url.searchParams;
  const client = oauthOf(state).clients.get(ask.get("client_id") ?? "");
  const redirectUri = ask.get("redirect_uri") ?? "";
  if (!client || !mayReturnTo(client, redirectUri)) {
    const error_description = "unknown client or redirect_uri";
    return sendJson(response, 400, { error: "invalid_request", error_description });
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
      scopes: (ask.get("scope") ?? "").split(" ").filter(Boolean),
      nonce: ask.get("nonce"),
      username: ask.get("login_hint") || DEFAULT_USERNAME,
    });
    target.searchParams.set("code", code);
  }
  const sent = ask.get("state");
  if (sent !== null) target.searchParams.set("state", sent);
  response.writeHead(302, { location: target.href, "cache-control": "no-store" });
  response.end();
}
