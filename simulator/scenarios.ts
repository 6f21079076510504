import type { ServerResponse } from "node:http";
import { sendError } from "./http.ts";

/** What a token does, whatever is called with it. Texts: captures named in docs/modelscope.md. */
export const TOKEN_SCENARIOS: Record<string, { about: string; status?: number; message?: string }> =
  {
    "ms-00000000-0000-4000-8000-000000000001": { about: "healthy account, 250 Magicubes" },
    "ms-00000000-0000-4000-8000-000000000008": { about: "a second healthy account" },
    "ms-00000000-0000-4000-8000-000000000002": {
      about: "no Alibaba Cloud account bound",
      status: 401,
      message: "Please bind your Alibaba Cloud account before use.",
    },
    "ms-00000000-0000-4000-8000-000000000003": {
      about: "bound, not real-name verified",
      status: 403,
      message:
        "To use API-Inference, please make sure your associated Aliyun account is real-name verified. You can do so at your account setting page https://www.modelscope.cn/my/accountsettings.",
    },
    "ms-00000000-0000-4000-8000-000000000004": {
      about: "no Magicubes left",
      status: 429,
      message: "insufficient balance",
    },
    "ms-00000000-0000-4000-8000-000000000006": {
      about: "always rate-limited",
      status: 429,
      message: "Request limit exceeded.",
    },
    "ms-00000000-0000-4000-8000-000000000007": {
      about: "the service is down",
      status: 502,
      message: "",
    },
  };

/** Name of the account behind a token. */
export function accountOf(token: string): string {
  return `simulated-${token.slice(-4)}`;
}

/** Sends the refusal of a token's scenario; false where the token is healthy. */
export function refuseByToken(response: ServerResponse, token: string | null): boolean {
  const scenario = token ? TOKEN_SCENARIOS[token] : undefined;
  if (!scenario) {
    sendError(
      response,
      401,
      "Authentication failed, please make sure that a valid ModelScope token is supplied.",
    );
    return true;
  }
  if (scenario.status === undefined) return false;
  if (scenario.status === 502) {
    response.writeHead(502, { "content-type": "text/html" });
    response.end("<html><body>502 Bad Gateway</body></html>");
    return true;
  }
  sendError(response, scenario.status, scenario.message ?? "");
  return true;
}

export type ChatFault =
  | "none"
  | "no-usage"
  | "no-done"
  | "no-finish"
  | "error-frame"
  | "errors-frame"
  | "reset"
  | "stall"
  | "empty-shell"
  | "empty-stream"
  | "byte-by-byte"
  | "endless";

/** Models that exist only here, for what seldom happens there. `thinks`: reasoning comes first. */
export const CHAT_MODELS: Record<string, { thinks?: boolean; fault?: ChatFault; price: number }> = {
  "Qwen/Qwen3.5-35B-A3B": { thinks: true, price: 1 },
  "Qwen/Qwen3.5-122B-A10B": { thinks: true, price: 1 },
  "Qwen/Qwen3.5-397B-A17B": { thinks: true, price: 2 },
  "Qwen/Qwen3-Coder-30B-A3B-Instruct": { price: 1 },
  "deepseek-ai/DeepSeek-V4-Pro": { thinks: true, price: 2 },
  "ZhipuAI/GLM-5.2": { thinks: true, price: 2 },
  "simulator/no-usage": { fault: "no-usage", price: 1 },
  "simulator/no-done": { fault: "no-done", price: 1 },
  "simulator/no-finish": { fault: "no-finish", price: 1 },
  "simulator/error-frame": { fault: "error-frame", price: 1 },
  "simulator/errors-frame": { fault: "errors-frame", price: 1 },
  "simulator/reset": { fault: "reset", price: 1 },
  "simulator/stall": { fault: "stall", price: 1 },
  "simulator/empty-shell": { fault: "empty-shell", price: 1 },
  "simulator/empty-stream": { fault: "empty-stream", price: 1 },
  "simulator/byte-by-byte": { fault: "byte-by-byte", price: 1 },
  "simulator/endless": { fault: "endless", price: 1 },
};

export const IMAGE_MODELS: Record<string, { price: number }> = {
  "Tongyi-MAI/Z-Image-Turbo": { price: 1 },
  "Qwen/Qwen-Image-2512": { price: 2 },
  "black-forest-labs/FLUX.1-Krea-dev": { price: 1 },
  "MAILAND/majicflus_v1": { price: 1 },
};

export type ImageFault =
  | "none"
  | "failed"
  | "slow"
  | "no-output"
  | "gone"
  | "not-a-picture"
  | "reset";

/** Words in a prompt that make a picture go wrong. */
export function imageFaultOf(prompt: string): ImageFault {
  const word = /\[(failed|slow|no-output|gone|not-a-picture|reset)\]/.exec(prompt)?.[1];
  return (word as ImageFault | undefined) ?? "none";
}
