import { describe, expect, it } from "vitest";
import { CHAT_MODELS, IMAGE_MODELS } from "@/simulator/models/all-models";
import { UNSERVED_MODELS } from "@/simulator/site/unserved-models";
import { askSite, at } from "../support/site";

type Row = Record<string, unknown>;

const SERVED = { category: "inference_type", DateType: "int", predicate: "equal", IntValue: 1 };
const task = (value: string) => ({ category: "tasks", predicate: "contains", values: [value] });
const servedIds = Object.keys({ ...CHAT_MODELS, ...IMAGE_MODELS }).filter(
  (id) => !id.includes(":"),
);

async function dolphin(body: object) {
  const answer = await askSite("/api/v1/dolphin/models", { method: "PUT", body });
  const rows = (at(answer.body, "Data", "Model", "Models") ?? []) as Row[];
  return {
    ...answer,
    rows,
    ids: rows.map((row) => `${row.Path}/${row.Name}`),
    total: at(answer.body, "Data", "Model", "TotalCount"),
  };
}

/** All pages of the list. */
async function dolphinIds(body: object): Promise<string[]> {
  const { total } = await dolphin({ ...body, PageSize: 1 });
  const pages = Math.ceil(Number(total) / 30);
  const all = Array.from({ length: pages }, (_, index) =>
    dolphin({ ...body, PageNumber: index + 1, PageSize: 30 }),
  );
  return (await Promise.all(all)).flatMap(({ ids }) => ids);
}

describe("the website's list", () => {
  it("filtered by API-Inference has what is served and nothing else", async () => {
    const ids = await dolphinIds({ SingleCriterion: [SERVED] });
    expect(ids.toSorted()).toEqual(servedIds.toSorted());
  });

  it("unfiltered has the others too", async () => {
    const ids = await dolphinIds({});
    expect(ids.toSorted()).toEqual([...servedIds, ...Object.keys(UNSERVED_MODELS)].toSorted());
  });

  const narrowed: [string, object, string, string][] = [
    [
      "by task text",
      { Criterion: [task("text-generation")] },
      "Qwen/Qwen3.5-35B-A3B",
      "Qwen/Qwen-Image-2512",
    ],
    [
      "by task picture",
      { Criterion: [task("text-to-image-synthesis")] },
      "Qwen/Qwen-Image-2512",
      "Qwen/Qwen3.5-35B-A3B",
    ],
    [
      "by task edit",
      { Criterion: [task("image-to-image")] },
      "black-forest-labs/FLUX.1-Kontext-dev",
      "Qwen/Qwen-Image-2512",
    ],
    ["by Name", { Name: "glm" }, "ZhipuAI/GLM-5.2", "Qwen/Qwen-Image-2512"],
    ["by Target", { Target: "GLM" }, "ZhipuAI/GLM-5.2", "Qwen/Qwen-Image-2512"],
  ];
  for (const [name, body, inside, outside] of narrowed) {
    it(name, async () => {
      const ids = await dolphinIds(body);
      expect(ids).toContain(inside);
      expect(ids).not.toContain(outside);
    });
  }

  it("a row in the site's words", async () => {
    const { rows } = await dolphin({ Name: "Qwen-Image-2512" });
    expect(rows[0]).toMatchObject({
      Path: "Qwen",
      Name: "Qwen-Image-2512",
      SupportInference: "txt2img",
      SupportApiInference: true,
      Tasks: [{ Name: "text-to-image-synthesis" }],
    });
  });

  it("pages do not overlap and the total stays", async () => {
    const first = await dolphin({ PageNumber: 1, PageSize: 3 });
    const second = await dolphin({ PageNumber: 2, PageSize: 3 });
    expect(first.ids).toHaveLength(3);
    expect(second.ids).toHaveLength(3);
    expect(new Set([...first.ids, ...second.ids]).size).toBe(6);
    expect(second.total).toBe(first.total);
  });

  for (const [by, key] of [
    ["DownloadsCount", "Downloads"],
    ["StarsCount", "Stars"],
    ["GmtModified", "LastUpdatedTime"],
  ] as const) {
    it(`sorted by ${by}`, async () => {
      const { rows } = await dolphin({ SortBy: by, PageSize: 30 });
      const values = rows.map((row) => Number(row[key]));
      expect(values).toEqual(values.toSorted((a, b) => b - a));
      expect(new Set(values).size).toBeGreaterThan(1);
    });
  }

  for (const body of [{ PageSize: 31 }, { PageSize: 0 }, { PageNumber: 0 }, { PageNumber: 1.5 }]) {
    it(`refuses ${JSON.stringify(body)}`, async () => {
      const { status, body: answer } = await dolphin(body);
      expect(status).toBe(400);
      expect(at(answer, "Success")).toBe(false);
    });
  }
});

describe("the checkpoints", () => {
  it("have one that no API serves", async () => {
    const body = {
      PageNumber: 1,
      PageSize: 100,
      Criterion: [{ category: "tags", predicate: "contains", values: ["Checkpoint"] }],
    };
    const answer = await askSite("/api/v1/models", { method: "PUT", body });
    const rows = at(answer.body, "Data", "Models") as Row[];
    expect(rows.map((row) => [`${row.Path}/${row.Name}`, row.SupportInference])).toEqual(
      expect.arrayContaining([
        ["MAILAND/majicflus_v1", "txt2img"],
        ["simulator/checkpoint-without-inference", ""],
      ]),
    );
    expect(at(answer.body, "Data", "TotalCount")).toBe(rows.length);
  });
});

describe("the OpenAPI list", () => {
  const cases: [string, string, number, (body: unknown) => void][] = [
    [
      "searches",
      "search=glm-5.2",
      200,
      (body) => expect(at(body, "data", "models", 0, "id")).toBe("ZhipuAI/GLM-5.2"),
    ],
    ["by owner", "owner=MAILAND", 200, (body) => expect(at(body, "data", "total_count")).toBe(1)],
    [
      "by task",
      "filter.task=image-to-image&search=FLUX",
      200,
      (body) =>
        expect(at(body, "data", "models", 0, "id")).toBe("black-forest-labs/FLUX.1-Kontext-dev"),
    ],
    [
      "says its page",
      "page_number=2&page_size=3",
      200,
      (body) =>
        expect(body).toMatchObject({ success: true, data: { page_number: 2, page_size: 3 } }),
    ],
    [
      "at most 50 a page",
      "page_size=51",
      400,
      (body) => expect(at(body, "code")).toBe("InvalidParameter"),
    ],
    [
      "reaches to 3000",
      "page_number=60&page_size=50",
      200,
      (body) => expect(at(body, "data", "models")).toEqual([]),
    ],
    [
      "not further",
      "page_number=61&page_size=50",
      400,
      (body) => expect(at(body, "code")).toBe("InvalidParameter"),
    ],
  ];
  for (const [name, query, status, check] of cases) {
    it(name, async () => {
      const answer = await askSite(`/openapi/v1/models?${query}`);
      expect(answer.status).toBe(status);
      check(answer.body);
    });
  }

  it("one model, and none", async () => {
    const found = await askSite("/openapi/v1/models/ZhipuAI/GLM-5.2");
    expect(at(found.body, "data", "name")).toBe("GLM-5.2");
    const missing = await askSite("/openapi/v1/models/ZhipuAI/GLM-0");
    expect([missing.status, at(missing.body, "success")]).toEqual([404, false]);
  });
});
