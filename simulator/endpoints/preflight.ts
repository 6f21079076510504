import type { Exchange } from "../http.ts";

/**
 * The fixed list of the preflight, measured in its end and in what it lacks: `x-api-key`,
 * `anthropic-version` and `X-ModelScope-*`. The beginning is ingress-nginx's own, inferred.
 */
const ALLOWED_HEADERS =
  "DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization";

/** `OPTIONS *`: the same answer for every path. */
export function preflight({ response }: Exchange) {
  response.writeHead(204, {
    "access-control-allow-methods": "GET, PUT, POST, DELETE, PATCH, OPTIONS",
    "access-control-allow-headers": ALLOWED_HEADERS,
    "access-control-max-age": "1728000",
  });
  response.end();
}
