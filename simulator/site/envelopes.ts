import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { sendJson } from "./http.ts";

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

/** A refusal of `/api/v1/*`. The text is inferred wherever no capture names it. */
export function sendSiteError(
  response: ServerResponse,
  status: number,
  code: number,
  message: string,
): void {
  sendJson(response, status, {
    Code: code,
    Message: message,
    RequestId: randomUUID(),
    Success: false,
  });
}

/** A page of rows, counted from 1. */
export function pageOf<Row>(rows: readonly Row[], number: number, size: number): Row[] {
  return rows.slice((number - 1) * size, number * size);
}

/** A whole number from 1 on; the fallback where nothing is said, null where it is no such number. */
export function readCount(value: unknown, fallback: number): number | null {
  if (value === undefined || value === null || value === "") return fallback;
  const count = Number(value);
  return Number.isInteger(count) && count >= 1 ? count : null;
}
