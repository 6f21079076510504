/** How the site treats a token that is healthy for inference. */
export type SiteScenario = {
  about: string;
  /** What `users/me` does instead of answering. */
  me?: "limited" | "silent" | "unreachable";
  /** How the balance goes wrong. */
  balance?: "no-data" | "unreachable";
  /** The balance that the site shows, whatever was called. */
  fixed?: { available: number; frozen: number };
};

/** Tokens that are healthy for inference and odd on the site only. */
export const SITE_ONLY_TOKENS: Record<string, SiteScenario> = {
  "ms-00000000-0000-4000-8000-00000000000a": {
    about: "healthy, but the balance has no data",
    balance: "no-data",
  },
  "ms-00000000-0000-4000-8000-00000000000b": {
    about: "healthy, half a Magicube left and 4 held",
    fixed: { available: 0.5, frozen: 4 },
  },
  "ms-00000000-0000-4000-8000-00000000000c": {
    about: "healthy, but the site limits users/me",
    me: "limited",
  },
  "ms-00000000-0000-4000-8000-00000000000d": {
    about: "healthy, but users/me never answers",
    me: "silent",
  },
  "ms-00000000-0000-4000-8000-00000000000e": {
    about: "healthy, but users/me and the balance cannot be reached",
    me: "unreachable",
    balance: "unreachable",
  },
};
