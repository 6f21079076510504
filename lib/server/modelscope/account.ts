import "server-only";
import { z } from "zod";
import { cleanText } from "@/lib/shared/clean-text";
import { AppError } from "@/lib/shared/errors";
import type { Site } from "@/lib/shared/schemas/token";
import type { Secret } from "@/lib/shared/secret";
import { requireSuccess } from "./errors";
import { callJson } from "./json-call";

const TIMEOUT_MS = 5_000;
const MAX_NAME_LENGTH = 100;

const accountSchema = z.object({
  data: z.object({ username: z.string().nullish(), nickname: z.string().nullish() }).nullish(),
});

/**
 * Who a token belongs to (`GET /openapi/v1/users/me`, free of charge). The name is null where the
 * site does not say. Throws `invalid_token`, `upstream_down`, `timeout`.
 */
export async function fetchAccount(
  token: Secret,
  site: Site,
): Promise<{ accountName: string | null }> {
  const { body } = await callJson({
    host: "site",
    site,
    method: "GET",
    path: "/openapi/v1/users/me",
    token,
    headersTimeoutMs: TIMEOUT_MS,
  });
  requireSuccess(body, token);
  const { data } = accountSchema.safeParse(body);
  // A page of some proxy is no proof that the token is known.
  if (!data?.data) throw new AppError("upstream_down");
  const name = data.data.username ?? data.data.nickname;
  return { accountName: name ? cleanText(name).slice(0, MAX_NAME_LENGTH) : null };
}
