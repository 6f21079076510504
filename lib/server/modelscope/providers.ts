import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/shared/errors";
import { OWN_PROVIDER, providerOf } from "@/lib/shared/models/provider";
import type { Site } from "@/lib/shared/schemas/token";
import { callJson } from "./json-call";

const TIMEOUT_MS = 5_000;
/** Far above any price seen; what is more is no price. */
const MAX_PRICE = 1_000;

const providersSchema = z.object({
  Data: z.object({
    Providers: z
      .array(
        z.object({
          Name: z.string(),
          EstimatedMagicGrainCost: z.number().min(0).max(MAX_PRICE).nullish().catch(null),
        }),
      )
      .nullish(),
  }),
});

/** Who serves a model. `price` in Magicubes a call; null where it is not said. */
export type Service = { isServed: boolean; price: number | null };

/**
 * Whether an id, with or without `:Provider`, is served now, and at what price
 * (`GET /api/v1/inference/list_model_providers`, no token, free of charge; measured by others
 * 2026-08 to 2026-10). An id that the hub does not know is not served. Throws `upstream_down`,
 * `timeout`, `redirected` where the site could not be asked.
 */
export async function fetchService(model: string, site: Site): Promise<Service> {
  const [id = model] = model.split(":");
  const provider = providerOf(model);
  const body = await ask(id, site);
  if (body === "unknown") return { isServed: false, price: null };
  const parsed = providersSchema.safeParse(body);
  if (!parsed.success) throw new AppError("upstream_down");
  const found = parsed.data.Data.Providers?.find(({ Name }) => Name === provider);
  const price = found?.EstimatedMagicGrainCost ?? null;
  // ModelScope charges nothing for what another provider serves.
  return { isServed: found !== undefined, price: provider === OWN_PROVIDER ? price : 0 };
}

async function ask(id: string, site: Site): Promise<unknown> {
  const { body } = await callJson({
    host: "www",
    site,
    method: "GET",
    path: `/api/v1/inference/list_model_providers?ModelId=${encodeURIComponent(id)}`,
    token: null,
    headersTimeoutMs: TIMEOUT_MS,
    acceptsStatus: UNKNOWN_MODEL_STATUS,
  });
  return isEnvelopeOfFault(body) ? "unknown" : body;
}

/** How the site answers for an id that it does not know. */
const UNKNOWN_MODEL_STATUS = 500;

const faultSchema = z.object({ Success: z.literal(false) });
const isEnvelopeOfFault = (body: unknown) => faultSchema.safeParse(body).success;
