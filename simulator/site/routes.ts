import { balance, usersMe } from "./endpoints/account.ts";
import { mcpLegacyOperational, mcpOperational, mcpServer, mcpServers } from "./endpoints/mcp.ts";
import { mcpDeploy, mcpUndeploy } from "./endpoints/mcp-deploy.ts";
import { oauthToken, register, userinfo } from "./endpoints/oauth.ts";
import { authorize, openidConfiguration } from "./endpoints/oauth-authorize.ts";
import { earnRules, loginInfo, transactions } from "./endpoints/site-account.ts";
import { checkpoints, dolphinModels } from "./endpoints/site-models.ts";
import { openApiModel, openApiModels } from "./endpoints/site-openapi-models.ts";
import { inferenceExample, listProviders } from "./endpoints/site-providers.ts";
import { specOf } from "./endpoints/site-spec.ts";
import type { Endpoint } from "./http.ts";
import { withoutOauth } from "./site-identity.ts";

type Route = { method: string; path: RegExp; endpoint: Endpoint };

/** `/openapi/v1`: takes access tokens and those of applications. */
const OPENAPI_ROUTES: readonly Route[] = [
  { method: "GET", path: /^\/openapi\/v1\/users\/me$/, endpoint: usersMe },
  { method: "GET", path: /^\/openapi\/v1\/magicubes\/balance$/, endpoint: balance },
  { method: "GET", path: /^\/openapi\/v1\/magicubes\/earn\/rules$/, endpoint: earnRules },
  { method: "GET", path: /^\/openapi\/v1\/magicubes\/transactions$/, endpoint: transactions },
  { method: "GET", path: /^\/openapi\/v1\/models$/, endpoint: openApiModels },
  { method: "GET", path: /^\/openapi\/v1\/models\/[^/]+\/[^/]+$/, endpoint: openApiModel },
  { method: "PUT", path: /^\/openapi\/v1\/mcp\/servers$/, endpoint: mcpServers },
  { method: "GET", path: /^\/openapi\/v1\/mcp\/servers\/operational$/, endpoint: mcpOperational },
  { method: "POST", path: /^\/openapi\/v1\/mcp\/servers\/.+\/deploy$/, endpoint: mcpDeploy },
  { method: "DELETE", path: /^\/openapi\/v1\/mcp\/servers\/.+\/undeploy$/, endpoint: mcpUndeploy },
  { method: "GET", path: /^\/openapi\/v1\/mcp\/servers\/.+$/, endpoint: mcpServer },
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
  {
    method: "GET",
    path: /^\/api\/v1\/mcp\/services\/operational$/,
    endpoint: mcpLegacyOperational,
  },
];

/** Sign-in, and what the site says of itself. */
const SIGN_IN_ROUTES: readonly Route[] = [
  { method: "GET", path: /^\/\.well-known\/openid-configuration$/, endpoint: openidConfiguration },
  { method: "GET", path: /^\/\.well-known\/openapi\.json$/, endpoint: specOf(OPENAPI_ROUTES) },
  { method: "GET", path: /^\/oauth\/authorize$/, endpoint: authorize },
  { method: "POST", path: /^\/oauth\/token$/, endpoint: oauthToken },
  { method: "GET", path: /^\/oauth\/userinfo$/, endpoint: userinfo },
  { method: "POST", path: /^\/oauth\/register$/, endpoint: register },
];

/** Everything that modelscope.cn answers. */
export const SITE_ROUTES: readonly Route[] = [
  ...OPENAPI_ROUTES,
  ...SIGN_IN_ROUTES,
  ...WEBSITE_ROUTES.map((route) => ({ ...route, endpoint: withoutOauth(route.endpoint) })),
];
