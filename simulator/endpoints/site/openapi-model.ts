import type { Exchange } from "../../http.ts";
import { findInCatalogue } from "../../site/catalogue.ts";
import { sendOpenApi, sendOpenApiError } from "../../site/envelopes.ts";
import { toOpenApiRow } from "../../site/model-rows.ts";

/** `GET /openapi/v1/models/{owner}/{name}`. */
export function openApiModel({ response, url }: Exchange) {
  const model = findInCatalogue(url.pathname.split("/").slice(4).join("/"));
  if (!model) return sendOpenApiError(response, 404, "NotFound", "model not found");
  sendOpenApi(response, toOpenApiRow(model));
}
