import type { Endpoint, Exchange } from "./http.ts";
import { findOauthGrant, isOauthToken, type OauthGrant } from "./oauth-store.ts";
import { accountOf, TOKEN_SCENARIOS } from "./scenarios.ts";
import { sendOpenApiError, sendSiteError, sendUnauthenticated } from "./site-envelopes.ts";
import { SITE_ONLY_TOKENS, type SiteScenario } from "./site-scenarios.ts";

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

/** Who a token belongs to, also where the account may not infer; null where nobody knows it. */
export function findCaller({ state }: Exchange, token: string | null): Caller | null {
  if (!token) return null;
  const grant = findOauthGrant(state, token);
  if (grant) return { token, username: grant.username, scenario: null, grant };
  const scenario = Object.hasOwn(SITE_ONLY_TOKENS, token) ? SITE_ONLY_TOKENS[token] : null;
  if (!scenario && !Object.hasOwn(TOKEN_SCENARIOS, token)) return null;
  return { token, username: accountOf(token), scenario: scenario ?? null, grant: null };
}

/** Runs an endpoint for known callers only; the others get the 401 of the OpenAPI. */
export function forCaller(endpoint: (exchange: Exchange, caller: Caller) => void): Endpoint {
  return (exchange) => {
    const caller = findCaller(exchange, exchange.token ?? sessionCookieOf(exchange));
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
    sendSiteError(exchange.response, 401, OAUTH_REFUSED, message);
  };
}
