import type { Refusal } from "./refusal.ts";

/** Texts in which nothing is inferred are captures; E numbers are those of the contract, §1.10. */
export const CAPTURED = {
  // E1
  unauthenticated: {
    status: 401,
    message: "Authentication failed, please make sure that a valid ModelScope token is supplied.",
  },
  // E2
  unbound: { status: 401, message: "Please bind your Alibaba Cloud account before use." },
  // E3
  unverified: {
    status: 403,
    message:
      "To use API-Inference, please make sure your associated Aliyun account is real-name verified. You can do so at your account setting page https://www.modelscope.cn/my/accountsettings.",
  },
  // E5
  "no-provider": { status: 400, message: "Model id : {model} , has no provider supported" },
  // E6
  "invalid-id": { status: 400, message: "Invalid model id: {model}" },
  // E7 (a)
  "thinking-not-streamed": {
    status: 400,
    style: "backend",
    code: "invalid_parameter_error",
    errorType: "invalid_request_error",
    message: "parameter.enable_thinking must be set to false for non-streaming calls",
  },
  // E7 (b)
  "thinking-only-not-streamed": {
    status: 400,
    style: "backend",
    code: "invalid_parameter_error",
    errorType: "invalid_request_error",
    message: "enable thinking can not be support when `stream=False`.",
  },
  // E9
  "quota-day": {
    status: 429,
    message:
      "You have exceeded today's quota for model {model}, please try again tomorrow, or consider using other models",
  },
  // E10
  "transient-quota": {
    status: 429,
    code: "insufficient_quota",
    message:
      "You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs.",
  },
  // E11
  "request-limit": { status: 429, style: "errors", message: "Request limit exceeded." },
  // E12
  "no-balance": { status: 429, message: "insufficient balance" },
  "encoding-format": {
    status: 400,
    style: "errors",
    message: "encoding_format must be 'float' or 'base64', got '{given}'",
  },
  "sync-image": {
    status: 400,
    style: "errors",
    message:
      "image-gen task currently does not support synchronous calls. Please refer to the documentation and set header X-ModelScope-Async-Mode=true to switch to asynchronous calling mode",
  },
  "loras-list": { status: 400, style: "errors", message: "loras[0] is not a string" },
  "loras-missing": { status: 500, style: "errors", message: "模型不存在" },
} as const satisfies Record<string, Refusal>;
