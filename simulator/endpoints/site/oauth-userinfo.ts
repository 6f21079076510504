import { type Exchange, sendJson } from "../../http.ts";
import { sendOauthError } from "../../site/envelopes.ts";
import { findOauthGrant, subjectOf } from "../../site/oauth-store.ts";

/** `GET /oauth/userinfo`. Status of the refusal is inferred. */
export function oauthUserinfo({ response, token, state }: Exchange) {
  const grant = findOauthGrant(state, token);
  if (!grant) return sendOauthError(response, "invalid_token", "the access token is unknown", 401);
  sendJson(response, 200, {
    sub: subjectOf(grant.username),
    ...(grant.scopes.includes("profile") && {
      preferred_username: grant.username,
      nickname: grant.username,
      picture: "",
    }),
  });
}
