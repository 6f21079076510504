import { type Endpoint, type Exchange, rowOf } from "../http.ts";
import { TOKEN_SCENARIOS, usernameOf } from "../tokens.ts";
import { sendOpenApiError, sendSiteError, sendUnauthenticated } from "./envelopes.ts";
import { findOauthGrant, isOauthToken, type OauthGrant } from "./oauth-store.ts";
import { SITE_ONLY_TOKENS, type SiteScenario } from "./tokens.ts";

/** Whoever calls the site. `grant` is there for an application that calls for a person. */
export type Caller = {
  token: string;
  username: string;
  scenario: SiteScenario | null;
  grant: OauthGrant | null;
};

const OAUTH_REFUSED = 10010101003;

/** The session cookie that the official clients set to the access token. */
export function sessionCookieOf({ request }: Exchange): string | null {
  return /(?:^|;\s*)m_session_id=([^;\s]+)/.exec(request.headers.cookie ?? "")?.[1] ?? null;
}

/** Who calls, also where the account may not infer; null where nobody knows the token. */
export function findCaller(exchange: Exchange): Caller | null {
  const { state } = exchange;
  const token = exchange.token ?? sessionCookieOf(exchange);
  if (!token) return null;
  const grant = findOauthGrant(state, token);
  if (grant) return { token, username: grant.username, scenario: null, grant };
  if (!rowOf(TOKEN_SCENARIOS, token)) return null;
  const scenario = rowOf(SITE_ONLY_TOKENS, token) ?? null;
  return { token, username: usernameOf(token), scenario, grant: null };
}

/** Runs an endpoint for known callers only; the others get the 401 of the OpenAPI. */
export function forCaller(endpoint: (exchange: Exchange, caller: Caller) => void): Endpoint {
  return (exchange) => {
    const caller = findCaller(exchange);
    if (!caller) return sendUnauthenticated(exchange.response);
    endpoint(exchange, caller);
  };
}

/** The same, where an application needs a scope. Status and text of the refusal are inferred. */
export function forScope(
  scope: string,
  endpoint: (exchange: Exchange, caller: Caller) => void,
): Endpoint {
  return forCaller((exchange, caller) => {
    if (caller.grant && !caller.grant.scopes.includes(scope)) {
      const message = `the token lacks the scope ${scope}`;
      return sendOpenApiError(exchange.response, 403, "InsufficientScope", message);
    }
    endpoint(exchange, caller);
  });
}

/** The website's own API takes no token of an application, wherever it asks for one or not. */
export function withoutOauth(endpoint: Endpoint): Endpoint {
  return (exchange) => {
    if (!isOauthToken(exchange.token)) return endpoint(exchange);
    const message = "oauth token is not supported by this endpoint";
    sendSiteError(exchange.response, 401, message, OAUTH_REFUSED);
  };
}
