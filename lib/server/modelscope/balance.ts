import "server-only";
import { z } from "zod";
import type { Site } from "@/lib/shared/schemas/token";
import type { Secret } from "@/lib/shared/secret";
import { requireSuccess } from "./errors";
import { callJson } from "./json-call";

const TIMEOUT_MS = 5_000;
export const BALANCE_PATH = "/openapi/v1/magicubes/balance";

const balanceSchema = z.object({
  data: z.object({
    available_balance: z.number().nonnegative(),
    frozen_amount: z.number().nonnegative().nullish().catch(null),
  }),
});

export type Balance = { available: number; held: number | null };

/**
 * Magicubes left and held for running tasks, in steps of a half; `held` is null where not said. Null
 * where the answer has no `data`: unknown, never 0. Throws a typed error.
 */
export async function fetchBalance(token: Secret, site: Site): Promise<Balance | null> {
  const { body } = await callJson({
    host: "site",
    site,
    method: "GET",
    path: BALANCE_PATH,
    token,
    headersTimeoutMs: TIMEOUT_MS,
  });
  requireSuccess(body, token);
  const parsed = balanceSchema.safeParse(body);
  if (!parsed.success) return null;
  const { available_balance, frozen_amount } = parsed.data.data;
  return { available: available_balance, held: frozen_amount ?? null };
}
