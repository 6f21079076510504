import "server-only";
import { z } from "zod";
import { loraIdSchema } from "@/lib/shared/loras";
import type { Site } from "@/lib/shared/schemas/token";
import { fetchSiteList, toCriterion } from "./site-list";

const PAGE_SIZE = 20;

const pageSchema = z.object({
  Data: z.object({
    Model: z.object({
      Models: z
        .array(
          z.object({
            Path: z.string(),
            Name: z.string(),
            AigcType: z.string().nullish().catch(null),
          }),
        )
        .nullish(),
    }),
  }),
});

const isLora = (text: string | null | undefined) => /lora/i.test(text ?? "");

/**
 * Ids of LoRAs whose name has the words. The list and its search are the official client's; that LoRAs carry the tag `LoRA`, as checkpoints carry
 * `Checkpoint`, is inferred, so that rows which do not say so themselves are left out.
 */
export async function fetchLoras(search: string, site: Site): Promise<string[]> {
  const body = await fetchSiteList(site, {
    Name: search,
    Criterion: [toCriterion("tags", "LoRA")],
    SortBy: "DownloadsCount",
    PageNumber: 1,
    PageSize: PAGE_SIZE,
  });
  const rows = pageSchema.safeParse(body).data?.Data.Model.Models ?? [];
  return rows
    .filter(({ AigcType, Name }) => isLora(AigcType) || isLora(Name))
    .map(({ Path, Name }) => `${Path}/${Name}`)
    .filter((id) => loraIdSchema.safeParse(id).success);
}
