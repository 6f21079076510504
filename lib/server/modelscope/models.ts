import "server-only";
import { z } from "zod";
import { cleanText } from "@/lib/shared/clean-text";
import { AppError } from "@/lib/shared/errors";
import type { ModelKind } from "@/lib/shared/models/family";
import { modelIdSchema } from "@/lib/shared/schemas/model";
import type { Site } from "@/lib/shared/schemas/token";
import { callJson } from "./json-call";
import { fetchSiteList, toCriterion } from "./site-list";

const TIMEOUT_MS = 5_000;

const modelListSchema = z.object({ data: z.array(z.unknown()) });
const entrySchema = z.object({ id: modelIdSchema });

/**
 * The ids that API-Inference lists (`GET /v1/models`, no token needed, free of charge). One odd entry
 * does not spoil the rest. Throws `upstream_down` where there is none.
 */
export async function fetchModelIds(site: Site): Promise<string[]> {
  const { body } = await callJson({
    host: "api",
    site,
    method: "GET",
    path: "/v1/models",
    token: null,
    headersTimeoutMs: TIMEOUT_MS,
  });
  const parsed = modelListSchema.safeParse(body);
  const ids = (parsed.data?.data ?? []).flatMap(
    (entry) => entrySchema.safeParse(entry).data?.id ?? [],
  );
  // A list without a single model is no list.
  if (ids.length === 0) throw new AppError("upstream_down");
  return ids;
}

/** A model as the site's own list has it. */
export type SiteModel = { id: string; name: string | null; kinds: ModelKind[] };

/** The site's task words for each kind. */
const TASKS: readonly { task: string; kinds: ModelKind[] }[] = [
  { task: "text-generation", kinds: ["chat"] },
  { task: "image-text-to-text", kinds: ["chat", "vision"] },
  { task: "text-to-image-synthesis", kinds: ["image"] },
  { task: "image-to-image", kinds: ["edit"] },
];
/** The largest page that the official client asks for. */
const PAGE_SIZE = 30;
const MAX_PAGES = 4;
const MAX_NAME_LENGTH = 100;

const sitePageSchema = z.object({
  Data: z.object({
    Model: z.object({
      TotalCount: z.number().nullish(),
      Models: z
        .array(
          z.object({
            Path: z.string(),
            Name: z.string(),
            ChineseName: z.string().nullish().catch(null),
          }),
        )
        .nullish(),
    }),
  }),
});

async function fetchSitePage(task: string, page: number, site: Site) {
  const body = await fetchSiteList(site, {
    Name: "",
    Criterion: [toCriterion("tasks", task)],
    SingleCriterion: [
      { category: "inference_type", DateType: "int", predicate: "equal", IntValue: 1 },
    ],
    SortBy: "Default",
    PageNumber: page,
    PageSize: PAGE_SIZE,
  });
  const parsed = sitePageSchema.safeParse(body);
  if (!parsed.success) throw new AppError("upstream_down");
  const { Models, TotalCount } = parsed.data.Data.Model;
  return { models: Models ?? [], total: TotalCount ?? 0 };
}

/** All models of one task, page after page; at most 120. */
async function fetchTask(task: string, kinds: ModelKind[], site: Site): Promise<SiteModel[]> {
  const found: SiteModel[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { models, total } = await fetchSitePage(task, page, site);
    for (const { Path, Name, ChineseName } of models) {
      found.push({
        id: `${Path}/${Name}`,
        name: cleanText(ChineseName ?? "").slice(0, MAX_NAME_LENGTH) || null,
        kinds,
      });
    }
    if (page * PAGE_SIZE >= total || models.length === 0) break;
  }
  return found.filter(({ id }) => modelIdSchema.safeParse(id).success);
}

/**
 * The models that the site marks as served by API-Inference, with the kind that `/v1/models` does
 * not tell (`PUT /api/v1/dolphin/models`, no token, free of charge).
 */
export async function fetchSiteModels(site: Site): Promise<SiteModel[]> {
  const found = new Map<string, SiteModel>();
  for (const { task, kinds } of TASKS) {
    for (const model of await fetchTask(task, kinds, site)) {
      const before = found.get(model.id)?.kinds ?? [];
      found.set(model.id, { ...model, kinds: [...new Set([...before, ...model.kinds])] });
    }
  }
  return [...found.values()];
}
