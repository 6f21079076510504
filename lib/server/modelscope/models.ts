import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/shared/errors";
import { callJson } from "./json-call";

const TIMEOUT_MS = 5_000;

const modelListSchema = z.object({ data: z.array(z.object({ id: z.string() })) });

/** The ids that API-Inference lists (`GET /v1/models`, no token needed, free of charge). */
export async function fetchModelIds(): Promise<string[]> {
  const body = await callJson({
    host: "api",
    site: "cn",
    method: "GET",
    path: "/v1/models",
    token: null,
    headersTimeoutMs: TIMEOUT_MS,
  });
  const parsed = modelListSchema.safeParse(body);
  if (!parsed.success) throw new AppError("upstream_down");
  return parsed.data.data.map(({ id }) => id);
}
