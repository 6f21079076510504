import { REFUSALS, type RefusalName } from "./refusals/table.ts";
import { SITE_ONLY_TOKENS } from "./site/tokens.ts";

export type TokenScenario = {
  about: string;
  /** What every inference call is answered with; `status` and `message` are this refusal's. */
  refusal?: RefusalName;
  status?: number;
  message?: string;
  /** Number of calls that are refused; all where absent. */
  refusedCalls?: number;
  /** The account lives in the era of daily counts, and has used this many calls today. */
  usedToday?: { total: number; model: number };
};

/** A token that every inference call is refused to. */
function refused(about: string, refusal: RefusalName, refusedCalls?: number): TokenScenario {
  const { status, message } = REFUSALS[refusal];
  return { about, refusal, status, message, ...(refusedCalls && { refusedCalls }) };
}

/** What a token does, whatever is called with it. */
export const TOKEN_SCENARIOS: Record<string, TokenScenario> = {
  "ms-00000000-0000-4000-8000-000000000001": { about: "healthy account, 250 Magicubes" },
  "ms-00000000-0000-4000-8000-000000000008": { about: "a second healthy account" },
  "ms-00000000-0000-4000-8000-000000000002": refused("no Alibaba Cloud account bound", "unbound"),
  "ms-00000000-0000-4000-8000-000000000003": refused("bound, not verified", "unverified"),
  "ms-00000000-0000-4000-8000-000000000004": refused("no Magicubes left", "no-balance"),
  "ms-00000000-0000-4000-8000-000000000005": {
    about: "daily counts as before summer 2026, 20 calls left of each model",
    usedToday: { total: 1_500, model: 480 },
  },
  "ms-00000000-0000-4000-8000-000000000006": refused("always rate-limited", "request-limit"),
  "ms-00000000-0000-4000-8000-000000000007": refused("the service is down", "down"),
  "ms-00000000-0000-4000-8000-000000000009": refused("rate-limited twice", "transient-quota", 2),
  ...SITE_ONLY_TOKENS,
};

/** Name of the account behind a token. */
export function usernameOf(token: string): string {
  return `simulated-${token.slice(-4)}`;
}
