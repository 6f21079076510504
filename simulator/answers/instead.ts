import { type Exchange, sendJson, sendRedirect, sendText } from "../http.ts";
import { isAnthropic, toAnthropicError } from "../refusals/refuse.ts";
import { EMPTY_SHELL } from "./empty-shell.ts";

/** Answers without a stream; `toWhole` gives the body that a call without `stream` would get. */
type Instead = (exchange: Exchange, toWhole: () => object) => void;

const redirect =
  (status: number): Instead =>
  ({ response, state }) =>
    sendRedirect(response, status, state.options.redirectTo);

/** A proxy that shows what it was sent, the worst place for a secret. */
const echo: Instead = (exchange) => {
  const { request, response } = exchange;
  const sent = request.headers.authorization ?? String(request.headers["x-api-key"] ?? "");
  const message = `Invalid credentials: ${sent}`;
  const body = isAnthropic(exchange) ? toAnthropicError(401, message) : { error: { message } };
  sendJson(response, 401, body, { "www-authenticate": `Bearer error="${sent}"` });
};

/** What comes in place of any answer. */
export const INSTEAD = {
  "echo-401": echo,
  "empty-200": ({ response }) => sendText(response, 200, "", { "content-length": "0" }),
  "html-200": ({ response }) =>
    sendText(response, 200, "<!doctype html><title>Welcome</title><p>Please sign in", {
      "content-type": "text/html; charset=utf-8",
    }),
  "empty-shell": ({ response }) => sendJson(response, 200, EMPTY_SHELL),
  "plain-json": ({ response }, toWhole) => sendJson(response, 200, toWhole()),
  // The connection stays open: not even headers come.
  silence: () => undefined,
  "redirect-301": redirect(301),
  "redirect-302": redirect(302),
  "redirect-303": redirect(303),
  "redirect-307": redirect(307),
  "redirect-308": redirect(308),
} as const satisfies Record<string, Instead>;

export type InsteadName = keyof typeof INSTEAD;
