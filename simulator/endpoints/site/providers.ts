import { type Exchange, sendJson } from "../../http.ts";
import { findInCatalogue } from "../../site/catalogue.ts";
import { sendSiteError } from "../../site/envelopes.ts";

const CHINESE_NAMES = { ModelScope: "魔搭社区", DashScope: "阿里云百炼" };

/** `standard` and `ultra` were seen on the wire; the name of the half tier is inferred. */
function tierOf(price: number): string {
  if (price < 1) return "light";
  return price < 2 ? "standard" : "ultra";
}

/** `GET /api/v1/inference/list_model_providers?ModelId=…`: who serves a model, and at what price. */
export function listProviders({ response, url }: Exchange) {
  const id = url.searchParams.get("ModelId") ?? "";
  const model = findInCatalogue(id);
  // An unknown id is a 500 on the real site; the text in it is inferred.
  if (!model) return sendSiteError(response, 500, `get model ${id} failed`);
  const { price, providers } = model;
  const rows = providers.map((name) => ({
    Name: name,
    ChineseName: CHINESE_NAMES[name],
    ...(name === "ModelScope" &&
      price !== null && { EstimatedMagicGrainCost: price, CostTier: tierOf(price) }),
  }));
  // As captured: this answer carries no message and no request id.
  sendJson(response, 200, {
    Code: 200,
    Data: { Providers: rows.length > 0 ? rows : null, TotalCount: rows.length },
    Success: true,
  });
}
