import { earnRules, loginInfo, transactions } from "./endpoints/site-account.ts";
import {
  checkpoints,
  dolphinModels,
  openApiModel,
  openApiModels,
} from "./endpoints/site-models.ts";
import { inferenceExample, listProviders } from "./endpoints/site-providers.ts";
import type { Endpoint } from "./http.ts";
import { withoutOauth } from "./site-identity.ts";

type Route = { method: string; path: RegExp; endpoint: Endpoint };

/** `/openapi/v1`: takes access tokens and those of applications. */
const OPENAPI_ROUTES: readonly Route[] = [
  { method: "GET", path: /^\/openapi\/v1\/magicubes\/earn\/rules$/, endpoint: earnRules },
  { method: "GET", path: /^\/openapi\/v1\/magicubes\/transactions$/, endpoint: transactions },
  { method: "GET", path: /^\/openapi\/v1\/models$/, endpoint: openApiModels },
  { method: "GET", path: /^\/openapi\/v1\/models\/[^/]+\/[^/]+$/, endpoint: openApiModel },
];

/** `/api/v1`: the website's own API. */
const WEBSITE_ROUTES: readonly Route[] = [
  { method: "GET", path: /^\/api\/v1\/users\/login\/info$/, endpoint: loginInfo },
  { method: "PUT", path: /^\/api\/v1\/dolphin\/models$/, endpoint: dolphinModels },
  { method: "PUT", path: /^\/api\/v1\/models$/, endpoint: checkpoints },
  { method: "GET", path: /^\/api\/v1\/inference\/list_model_providers$/, endpoint: listProviders },
  {
    method: "GET",
    path: /^\/api\/v1\/inference\/[^/]+\/[^/]+\/api_inference_example$/,
    endpoint: inferenceExample,
  },
];

/** Everything that modelscope.cn answers beside account and balance. */
export const SITE_ROUTES: readonly Route[] = [
  ...OPENAPI_ROUTES,
  ...WEBSITE_ROUTES.map((route) => ({ ...route, endpoint: withoutOauth(route.endpoint) })),
];
