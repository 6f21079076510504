import { describe, expect, it } from "vitest";
import type { ChatSettings } from "../schemas/chat";
import { toChatBody } from "./chat-body";
import { toMessagesBody } from "./messages-body";
import { findUnsent } from "./unsent";

const turns = [{ role: "user", text: "json" }] as const;
const EVERYTHING: ChatSettings = {
  temperature: 1,
  frequencyPenalty: 1,
  presencePenalty: 1,
  seed: 1,
  thinking: true,
  thinkingBudget: 9,
  format: "json",
};

describe("what is set and not sent", () => {
  const cases: [string, ChatSettings, string[]][] = [
    ["Qwen/Qwen3.5-27B", EVERYTHING, []],
    ["Qwen/Qwen3.5-27B", { ...EVERYTHING, thinking: false }, ["thinkingBudget"]],
    ["ZhipuAI/GLM-5.2", EVERYTHING, ["thinkingBudget"]],
    ["stepfun-ai/Step-3.7-Flash", EVERYTHING, ["thinking", "thinkingBudget"]],
    ["someone/new", { thinking: false }, ["thinking"]],
    [
      "Qwen/Qwen3.5-27B",
      { ...EVERYTHING, protocol: "anthropic" },
      ["frequencyPenalty", "presencePenalty", "seed", "format", "thinking", "thinkingBudget"],
    ],
    ["Qwen/Qwen3.5-27B", { protocol: "anthropic", temperature: 1 }, []],
  ];
  for (const [model, settings, unsent] of cases) {
    it(`${model} ${JSON.stringify(settings)}: ${unsent.join(", ")}`, () => {
      expect(findUnsent(model, settings)).toEqual(unsent);
      // Leaving those out changes nothing that is sent.
      const rest = Object.fromEntries(
        Object.entries(settings).filter(([key]) => !unsent.includes(key)),
      );
      const toBody = settings.protocol === "anthropic" ? toMessagesBody : toChatBody;
      expect(toBody({ model, settings: rest, turns })).toEqual(toBody({ model, settings, turns }));
    });
  }
});
