import type { Refusal } from "./refusal.ts";

/** Inferred: that these are refused is known or likely, their text or status is not. */
export const INFERRED = {
  // E4
  restricted: { status: 403, message: "You have no permission to use model {model}." },
  // E8: only parts of the text were captured
  "one-temperature": {
    status: 400,
    style: "backend",
    errorType: "invalid_request_error",
    message: "invalid temperature: only 1 is allowed for this model",
  },
  // E13
  "bad-gateway": { status: 502, style: "text", message: "Bad Gateway" },
  // E14
  busy: { status: 503, message: "Server is busy, please try again later" },
  blocked: {
    status: 400,
    style: "backend",
    code: "data_inspection_failed",
    errorType: "data_inspection_failed",
    message: "Input data may contain inappropriate content.",
  },
  "thinking-unsupported": {
    status: 400,
    style: "backend",
    code: "invalid_parameter_error",
    errorType: "invalid_parameter_error",
    message: "parameter.enable_thinking is not supported",
  },
  "json-word": {
    status: 400,
    style: "backend",
    code: "invalid_parameter_error",
    errorType: "invalid_request_error",
    message:
      "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
  },
  "no-vision": {
    status: 400,
    style: "backend",
    code: "invalid_parameter_error",
    errorType: "invalid_request_error",
    message: "Model {model} does not support image input.",
  },
  "bad-picture": {
    status: 400,
    style: "backend",
    code: "invalid_parameter_error",
    errorType: "invalid_request_error",
    message: "The provided image_url is neither an http(s) address nor a data URL.",
  },
  "max-tokens": { status: 400, message: "max_tokens: Field required" },
  "messages-needed": { status: 400, message: "messages: Field required" },
  "loras-weights": {
    status: 400,
    style: "errors",
    message: "the weights of loras must sum to 1.0",
  },
  "loras-many": { status: 400, style: "errors", message: "at most 6 loras are supported" },
  "loras-shape": { status: 400, style: "errors", message: "loras is not a string or an object" },
  "image-needed": { status: 400, style: "errors", message: "image_url is required for {model}" },
  "prompt-needed": { status: 400, style: "errors", message: "prompt is required" },
  "prompt-long": { status: 400, style: "errors", message: "prompt is too long" },
  "size-wrong": { status: 400, style: "errors", message: "size is out of range for {model}" },
  "responses-model": { status: 400, message: "Model {model} does not support the Responses API" },
  "input-needed": { status: 400, message: "input is required" },
  down: { status: 502, style: "html", message: "<html><body>502 Bad Gateway</body></html>" },
  "status-400": { status: 400, style: "text", message: "Bad Request" },
  "status-401": { status: 401, style: "text", message: "Unauthorized" },
  "status-403": { status: 403, style: "text", message: "Forbidden" },
  "status-404": { status: 404, style: "text", message: "Not Found" },
  "status-500": { status: 500, style: "text", message: "Internal Server Error" },
  "status-502": { status: 502, style: "text", message: "Bad Gateway" },
  "status-503": { status: 503, style: "text", message: "Service Unavailable" },
  "status-529": { status: 529, style: "text", message: "Overloaded" },
} as const satisfies Record<string, Refusal>;
