import type { ChatModel } from "./chat-model.ts";

const twice = { refusal: "request-limit", refusedCalls: 2, price: 1 } as const;

/** Models that refuse, by the status and text they do it with; numbers are those of contract §1.10. */
export const REFUSING_MODELS = {
  "simulator/restricted": { refusal: "restricted", price: 1 }, // E4
  "simulator/no-provider": { refusal: "no-provider", price: 1 }, // E5
  "simulator/invalid-id": { refusal: "invalid-id", price: 1 }, // E6
  "simulator/one-temperature": {
    refusal: "one-temperature", // E8
    refusesOnly: "temperature",
    price: 1,
  },
  "simulator/quota-day": { refusal: "quota-day", price: 1 }, // E9
  "simulator/transient-quota": { refusal: "transient-quota", price: 1 }, // E10
  "simulator/request-limit": { refusal: "request-limit", price: 1 }, // E11
  "simulator/no-balance": { refusal: "no-balance", price: 1 }, // E12
  "simulator/bad-gateway": { refusal: "bad-gateway", price: 1 }, // E13
  "simulator/busy": { refusal: "busy", price: 1 }, // E14
  "simulator/blocked": { refusal: "blocked", price: 1 },
  "simulator/refuses-thinking": {
    refusal: "thinking-unsupported",
    refusesOnly: "thinking-switch",
    price: 1,
  },

  "simulator/status-400": { refusal: "status-400", price: 1 },
  "simulator/status-401": { refusal: "status-401", price: 1 },
  "simulator/status-403": { refusal: "status-403", price: 1 },
  "simulator/status-404": { refusal: "status-404", price: 1 },
  "simulator/status-500": { refusal: "status-500", price: 1 },
  "simulator/status-502": { refusal: "status-502", price: 1 },
  "simulator/status-503": { refusal: "status-503", price: 1 },
  "simulator/status-529": { refusal: "status-529", price: 1 },

  // Nobody has seen ModelScope send Retry-After; one client reads it.
  "simulator/retry-after-2": { ...twice, retryAfter: "2" },
  "simulator/retry-after-date": { ...twice, retryAfter: "date" },
  "simulator/retry-after-0": { ...twice, retryAfter: "0" },
  "simulator/retry-after-minus": { ...twice, retryAfter: "-1" },
  "simulator/retry-after-huge": { ...twice, retryAfter: "1000000000" },
  "simulator/retry-after-junk": { ...twice, retryAfter: "soon" },
  "simulator/retry-after-none": twice,

  "simulator/echo-401": { instead: "echo-401", price: 1 },
  "simulator/empty-200": { instead: "empty-200", price: 1 },
  "simulator/html-200": { instead: "html-200", price: 1 },
  "simulator/empty-shell": { instead: "empty-shell", price: 1 },
  "simulator/plain-json": { instead: "plain-json", price: 1 },
  "simulator/stall-headers": { instead: "silence", price: 1 },
  "simulator/redirect-301": { instead: "redirect-301", price: 1 },
  "simulator/redirect-302": { instead: "redirect-302", price: 1 },
  "simulator/redirect-303": { instead: "redirect-303", price: 1 },
  "simulator/redirect-307": { instead: "redirect-307", price: 1 },
  "simulator/redirect-308": { instead: "redirect-308", price: 1 },
} as const satisfies Record<string, ChatModel>;
