import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { sendJson } from "../http.ts";

/** An answer of `/openapi/v1/*`. */
export function sendOpenApi(response: ServerResponse, data: unknown): void {
  sendJson(response, 200, { success: true, request_id: randomUUID(), data });
}

/** A refusal of `/openapi/v1/*`. Only the 401 is captured; other codes and texts are inferred. */
export function sendOpenApiError(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
): void {
  sendJson(response, status, { success: false, code, message, request_id: randomUUID() });
}

export function sendUnauthenticated(response: ServerResponse): void {
  const message = "Invalid authentication: missing or invalid Authorization header";
  sendOpenApiError(response, 401, "InvalidAuthentication", message);
}

/** An answer of `/api/v1/*`, the website's own API. */
export function sendSite(response: ServerResponse, data: unknown): void {
  sendJson(response, 200, {
    Code: 200,
    Data: data,
    Message: "success",
    RequestId: randomUUID(),
    Success: true,
  });
}

const SITE_REFUSED = 10010101001; // inferred

/** A refusal of `/api/v1/*`. The text is inferred wherever no capture names it. */
export function sendSiteError(
  response: ServerResponse,
  status: number,
  message: string,
  code = SITE_REFUSED,
): void {
  sendJson(response, status, {
    Code: code,
    Message: message,
    RequestId: randomUUID(),
    Success: false,
  });
}

export function sendNotLoggedIn(response: ServerResponse): void {
  sendSiteError(response, 401, "user not logged in");
}

/** An error of `/oauth/*`: where the token endpoint says no it is a 200 (measured 2026-10-06). */
export function sendOauthError(
  response: ServerResponse,
  error: string,
  description: string,
  status = 200,
): void {
  sendJson(response, status, { error, error_description: description });
}
