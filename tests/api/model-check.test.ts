import { beforeEach, describe, expect, it } from "vitest";
import { GET as checkModel } from "@/app/api/models/check/route";
import { GET as listModels } from "@/app/api/models/route";
import type { ModelList } from "@/lib/shared/schemas/model";
import {
  breakPath,
  call,
  createUser,
  errorOf,
  HEALTHY_TOKEN,
  requestsTo,
  type TestUser,
  waitFor,
} from "../support/api";
import { forgetCatalogue } from "../support/catalogue";

let user: TestUser;
beforeEach(async () => {
  user = await createUser({ token: HEALTHY_TOKEN });
});

const list = async (): Promise<ModelList> =>
  (await call(listModels, { user, path: "/api/models" })).json();

describe("an id that is typed in", () => {
  const check = (id: string, more = "") =>
    call(checkModel, { user, path: `/api/models/check?id=${encodeURIComponent(id)}${more}` });
  it("is looked up free of charge: listed, unlisted, of another provider", async () => {
    forgetCatalogue();
    await waitFor(async () =>
      (await list()).models.some(({ id, price }) => id === "ZhipuAI/GLM-5.2" && price === 2),
    );
    const cases: [string, string, number | null][] = [
      ["ZhipuAI/GLM-5.2", "listed", 2],
      ["deepseek-ai/DeepSeek-V4-Pro:DashScope", "unlisted", 0],
      ["Qwen/Qwen3-1.7B:DashScope", "unlisted", 0],
    ];
    for (const [id, state, price] of cases) {
      expect((await (await check(id)).json()).model).toMatchObject({ id, state, price });
    }
    expect(requestsTo("/v1/chat/completions")).toEqual([]);
  });

  it("is refused where nobody serves it, with the reason", async () => {
    for (const [id, text] of [
      ["someone/unknown", /does not serve/],
      ["moonshotai/Kimi-K2.6", /does not serve/],
      ["zhipuai/glm-5.2", /ZhipuAI\/GLM-5\.2/],
    ] as const) {
      const error = await errorOf(await check(id));
      expect(error).toMatchObject({ status: 400, code: "invalid_request" });
      expect(error.fields?.model).toMatch(text);
    }
  });

  it("is refused for what it cannot do", async () => {
    for (const [id, kind, text] of [
      ["Tongyi-MAI/Z-Image-Turbo", "chat", /cannot chat/],
      ["ZhipuAI/GLM-5.2", "image", /cannot make pictures/],
      ["Qwen/Qwen-Image-Edit-2511", "image", /input picture/],
      ["ZhipuAI/GLM-5.2", "vision", /cannot see pictures/],
    ] as const) {
      const error = await errorOf(await check(id, `&kind=${kind}`));
      expect(error).toMatchObject({ status: 400, code: "invalid_request" });
      expect(error.fields?.model).toMatch(text);
    }
    expect((await check("ZhipuAI/GLM-5.2", "&kind=chat")).status).toBe(200);
    expect((await check("ZhipuAI/GLM-5.2", "&kind=all")).status).toBe(400);
  });

  it("a pair that reasons and does not is told apart", async () => {
    for (const [name, reasoning] of [
      ["Thinking", true],
      ["Instruct", false],
    ] as const) {
      const { model } = await (await check(`Qwen/Qwen3-30B-A3B-${name}-2507`)).json();
      expect(model).toMatchObject({ reasoning, thinking: { canSwitch: true } });
    }
  });

  it("is not believed while ModelScope's site cannot be asked", async () => {
    forgetCatalogue();
    await waitFor(async () => (await list()).source === "live");
    breakPath("/api/v1/inference/list_model_providers");
    expect((await errorOf(await check("Qwen/Qwen3-1.7B:DashScope"))).fields?.model).toMatch(
      /could not be asked/,
    );
    forgetCatalogue();
  });
});
