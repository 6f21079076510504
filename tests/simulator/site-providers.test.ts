import { describe, expect, it } from "vitest";
import { CHAT_MODELS, IMAGE_MODELS } from "@/simulator/models/all-models";
import { askSite, at } from "../support/site";

const ask = (id: string) =>
  askSite(`/api/v1/inference/list_model_providers?ModelId=${encodeURIComponent(id)}`);

const modelScope = (price: number, tier: string) => ({
  Name: "ModelScope",
  ChineseName: "魔搭社区",
  EstimatedMagicGrainCost: price,
  CostTier: tier,
});
const DASHSCOPE = { Name: "DashScope", ChineseName: "阿里云百炼" };

describe("who serves a model", () => {
  const cases: [string, string, unknown[] | null][] = [
    ["a chat model for 1", "Qwen/Qwen3.5-35B-A3B", [modelScope(1, "standard")]],
    ["a chat model for 2", "ZhipuAI/GLM-5.2", [modelScope(2, "ultra")]],
    ["a picture model for 2", "Qwen/Qwen-Image-2512", [modelScope(2, "ultra")]],
    ["a checkpoint", "MAILAND/majicflus_v1", [modelScope(1, "standard")]],
    ["one of the simulator's own", "simulator/stall", [modelScope(1, "standard")]],
    ["both", "deepseek-ai/DeepSeek-V4-Pro", [modelScope(2, "ultra"), DASHSCOPE]],
    ["an outside provider only", "Qwen/Qwen3-1.7B", [DASHSCOPE]],
    ["nobody: MiniMax-M3", "MiniMax/MiniMax-M3", null],
    ["nobody: Kimi-K2.6", "moonshotai/Kimi-K2.6", null],
    ["nobody: FLUX.1-dev", "black-forest-labs/FLUX.1-dev", null],
    ["nobody: FLUX.1-Kontext-dev", "black-forest-labs/FLUX.1-Kontext-dev", null],
  ];
  for (const [name, id, providers] of cases) {
    it(name, async () => {
      const { status, body } = await ask(id);
      expect(status).toBe(200);
      expect(body).toEqual({
        Code: 200,
        Data: { Providers: providers, TotalCount: providers?.length ?? 0 },
        Success: true,
      });
    });
  }

  for (const id of ["nobody/knows-this", "qwen/qwen3.5-35b-a3b", "no-slash", ""]) {
    it(`an unknown id is a 500: "${id}"`, async () => {
      const { status, body } = await ask(id);
      expect(status).toBe(500);
      expect(body).toMatchObject({ Success: false, Code: 10010101001 });
    });
  }
});

describe("the tier of a price", () => {
  const tiers: Record<number, string> = { 0.5: "light", 1: "standard", 2: "ultra" };
  it("of everything that is served", async () => {
    const served = Object.entries({ ...CHAT_MODELS, ...IMAGE_MODELS });
    for (const [id, { price }] of served.filter(([id]) => !id.includes(":"))) {
      const { body } = await ask(id);
      const provider = at(body, "Data", "Providers", 0);
      expect([id, at(provider, "CostTier")]).toEqual([id, tiers[price]]);
      expect(at(provider, "EstimatedMagicGrainCost")).toBe(price);
    }
  });
});

describe("the sample code of a model", () => {
  const cases: [string, string, string, string][] = [
    ["chat", "Qwen/Qwen3.5-35B-A3B", "txt2txt", "chat.completions"],
    ["pictures", "Qwen/Qwen-Image-2512", "txt2img", "/v1/images/generations"],
    ["not served", "MiniMax/MiniMax-M3", "", "chat.completions"],
  ];
  for (const [name, id, type, part] of cases) {
    it(name, async () => {
      const { status, body } = await askSite(`/api/v1/inference/${id}/api_inference_example`);
      expect(status).toBe(200);
      expect(at(body, "Data", "InferenceType")).toBe(type);
      expect(at(body, "Data", "Examples", 0, "Code")).toContain(part);
      expect(at(body, "Data", "Examples", 0, "Code")).toContain(id);
    });
  }

  it("of an unknown id is a 500", async () => {
    const { status } = await askSite("/api/v1/inference/no/body/api_inference_example");
    expect(status).toBe(500);
  });
});
