import { type Exchange, originOf, sendJson } from "../../http.ts";
import { OAUTH_SCOPES } from "../../site/oauth-clients.ts";

/** `GET /.well-known/openid-configuration`. PKCE is not declared, as on the real site. */
export function openidConfiguration(exchange: Exchange) {
  const origin = originOf(exchange);
  sendJson(exchange.response, 200, {
    issuer: origin,
    authorization_endpoint: `${origin}/oauth/authorize`,
    token_endpoint: `${origin}/oauth/token`,
    userinfo_endpoint: `${origin}/oauth/userinfo`,
    registration_endpoint: `${origin}/oauth/register`,
    scopes_supported: OAUTH_SCOPES,
    response_types_supported: ["code"],
    grant_types_supported: ["authorization_code", "refresh_token"],
    token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["HS256"], // inferred
  });
}
