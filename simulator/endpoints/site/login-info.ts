import type { Exchange } from "../../http.ts";
import { sendNotLoggedIn, sendSite } from "../../site/envelopes.ts";
import { findCaller, sessionCookieOf } from "../../site/identity.ts";

/** `GET /api/v1/users/login/info`: wants the token twice, as Bearer and as the session cookie. */
export function loginInfo(exchange: Exchange) {
  const { response, token } = exchange;
  const caller = token === sessionCookieOf(exchange) ? findCaller(exchange) : null;
  if (!caller) return sendNotLoggedIn(response);
  sendSite(response, {
    Name: caller.username,
    Email: `${caller.username}@example.com`,
    Avatar: "",
    Description: "simulated",
  });
}
