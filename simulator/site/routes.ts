import { balance } from "../endpoints/site/balance.ts";
import { checkpoints } from "../endpoints/site/checkpoints.ts";
import { dolphinModels } from "../endpoints/site/dolphin-models.ts";
import { earnRules } from "../endpoints/site/earn-rules.ts";
import { inferenceExample } from "../endpoints/site/inference-example.ts";
import { loginInfo } from "../endpoints/site/login-info.ts";
import { mcpDeploy } from "../endpoints/site/mcp-deploy.ts";
import { mcpLegacyOperational } from "../endpoints/site/mcp-legacy-operational.ts";
import { mcpOperational } from "../endpoints/site/mcp-operational.ts";
import { mcpServer } from "../endpoints/site/mcp-server.ts";
import { mcpServers } from "../endpoints/site/mcp-servers.ts";
import { mcpUndeploy } from "../endpoints/site/mcp-undeploy.ts";
import { oauthAuthorize } from "../endpoints/site/oauth-authorize.ts";
import { oauthRegister } from "../endpoints/site/oauth-register.ts";
import { oauthToken } from "../endpoints/site/oauth-token.ts";
import { oauthUserinfo } from "../endpoints/site/oauth-userinfo.ts";
import { openApiModel } from "../endpoints/site/openapi-model.ts";
import { openApiModels } from "../endpoints/site/openapi-models.ts";
import { openidConfiguration } from "../endpoints/site/openid-configuration.ts";
import { listProviders } from "../endpoints/site/providers.ts";
import { specOf } from "../endpoints/site/spec.ts";
import { transactions } from "../endpoints/site/transactions.ts";
import { usersMe } from "../endpoints/site/users-me.ts";
import type { Route } from "../http.ts";
import { withoutOauth } from "./identity.ts";

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
  { method: "GET", path: /^\/oauth\/authorize$/, endpoint: oauthAuthorize },
  { method: "POST", path: /^\/oauth\/token$/, endpoint: oauthToken },
  { method: "GET", path: /^\/oauth\/userinfo$/, endpoint: oauthUserinfo },
  { method: "POST", path: /^\/oauth\/register$/, endpoint: oauthRegister },
];

/** Everything that modelscope.cn answers. */
export const SITE_ROUTES: readonly Route[] = [
  ...OPENAPI_ROUTES,
  ...SIGN_IN_ROUTES,
  ...WEBSITE_ROUTES.map((route) => ({ ...route, endpoint: withoutOauth(route.endpoint) })),
];
