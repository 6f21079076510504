import { randomBytes, randomUUID } from "node:crypto";
import { type Exchange, field, sendJson, textField } from "../../http.ts";
import { sendOauthError } from "../../site/envelopes.ts";
import type { OauthClient } from "../../site/oauth-clients.ts";

/** `POST /oauth/register`: anybody may, as measured in October 2026. Keys of the answer follow RFC 7591. */
export function oauthRegister({ response, body, state }: Exchange) {
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
  state.oauth.clients.set(client.id, client);
  sendJson(response, 200, {
    client_id: client.id,
    client_secret: client.secret,
    client_name: client.about,
    redirect_uris: uris,
  });
}
