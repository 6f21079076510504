import { type Exchange, sendJson } from "../http.ts";
import { findInCatalogue } from "../site-catalogue.ts";
import { sendSite, sendSiteError } from "../site-envelopes.ts";

const CHINESE_NAMES = { ModelScope: "魔搭社区", DashScope: "阿里云百炼" };
const BAD_REQUEST = 10010101001;

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
  if (!model) return sendSiteError(response, 500, BAD_REQUEST, `get model ${id} failed`);
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

const PATH = /^\/api\/v1\/inference\/([^/]+)\/([^/]+)\/api_inference_example$/;

/** `GET /api/v1/inference/{ns}/{name}/api_inference_example`. Keys beside `InferenceType` are inferred. */
export function inferenceExample({ response, request, url }: Exchange) {
  const [, owner = "", name = ""] = PATH.exec(url.pathname) ?? [];
  const id = `${owner}/${name}`;
  const model = findInCatalogue(id);
  if (!model) return sendSiteError(response, 500, BAD_REQUEST, `get model ${id} failed`);
  const base = `http://${request.headers.host}`;
  const isImage = model.tasks.some(
    (task) => task.startsWith("text-to-image") || task === "image-to-image",
  );
  const chat = [
    "from openai import OpenAI",
    `client = OpenAI(base_url="${base}/v1", api_key="<MODELSCOPE_TOKEN>")`,
    `client.chat.completions.create(model="${id}", stream=True, messages=[{"role": "user", "content": "你好"}])`,
  ];
  const image = [
    "import requests",
    `requests.post("${base}/v1/images/generations", json={"model": "${id}", "prompt": "A golden cat"},`,
    `  headers={"Authorization": "Bearer <MODELSCOPE_TOKEN>", "X-ModelScope-Async-Mode": "true"})`,
  ];
  sendSite(response, {
    InferenceType: model.supportInference,
    Examples: [{ Language: "python", Code: (isImage ? image : chat).join("\n") }],
  });
}
