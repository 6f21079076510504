import type { ModelFamily } from "./family";

/** DeepSeek-V4.1-Flash takes pictures too (measured by others, 2026-10). */
export const deepSeekVision: ModelFamily = {
  name: "DeepSeek-V4.1",
  ids: /^deepseek-ai\/DeepSeek-V4\.1/,
  kinds: ["chat", "vision"],
  thinking: "both",
  image: null,
};

export const deepSeekR1: ModelFamily = {
  name: "DeepSeek-R1",
  ids: /^deepseek-ai\/DeepSeek-R1/,
  kinds: ["chat"],
  thinking: "always",
  image: null,
};

/** Both forms together were accepted by V3.2 (seen in clients, 2026-01). */
export const deepSeek: ModelFamily = {
  name: "DeepSeek",
  ids: /^deepseek-ai\/DeepSeek-V[34]/,
  kinds: ["chat"],
  thinking: "both",
  image: null,
};

/** Need the form inside `chat_template_kwargs` (measured by others, 2026-06 and 2026-01). */
export const templateChat: ModelFamily = {
  name: "GLM, MiMo",
  ids: /^(ZhipuAI\/GLM-\d+(\.\d+)?(-(Flash|FlashX|Air|AirX|Plus|X))?(:|$)|XiaomiMiMo\/MiMo-V2)/,
  kinds: ["chat"],
  thinking: "template",
  image: null,
};

/** Reasons; no switch is documented. */
export const stepFun: ModelFamily = {
  name: "Step",
  ids: /^stepfun-ai\/Step-3\.\d+-/,
  kinds: ["chat"],
  thinking: "always",
  image: null,
};
