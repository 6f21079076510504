import "server-only";
import type { Site } from "@/lib/shared/schemas/token";
import { callJson } from "./json-call";

const TIMEOUT_MS = 5_000;

/** What a list of the site is narrowed to, in its own words. */
export const toCriterion = (category: "tasks" | "tags", value: string) => ({
  category,
  predicate: "contains",
  values: [value],
  sub_values: [],
});

/** The website's own list of models (`PUT /api/v1/dolphin/models`, no token, free of charge), unread. */
export async function fetchSiteList(site: Site, query: object): Promise<unknown> {
  const { body } = await callJson({
    host: "site",
    site,
    method: "PUT",
    path: "/api/v1/dolphin/models",
    token: null,
    body: query,
    headersTimeoutMs: TIMEOUT_MS,
  });
  return body;
}
