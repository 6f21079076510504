import { type Exchange, originOf } from "../../http.ts";
import { findInCatalogue } from "../../site/catalogue.ts";
import { sendSite, sendSiteError } from "../../site/envelopes.ts";

const PATH = /^\/api\/v1\/inference\/([^/]+)\/([^/]+)\/api_inference_example$/;

/** `GET /api/v1/inference/{ns}/{name}/api_inference_example`. Keys beside `InferenceType` are inferred. */
export function inferenceExample(exchange: Exchange) {
  const { response, url } = exchange;
  const [, owner = "", name = ""] = PATH.exec(url.pathname) ?? [];
  const id = `${owner}/${name}`;
  const model = findInCatalogue(id);
  if (!model) return sendSiteError(response, 500, `get model ${id} failed`);
  const base = originOf(exchange);
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
