/** How the site treats a token whose account may infer as any healthy one. */
export type SiteScenario = {
  about: string;
  /** What `users/me` does instead of answering. */
  me?: "limited" | "silent" | "unreachable";
  /** What the balance does instead of answering. */
  balance?: "no-data" | "unreachable";
  /** A balance that no call changes. */
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
    about: "healthy, but the site cannot be reached",
    me: "unreachable",
    balance: "unreachable",
  },
};

/** Ids of the hub that ModelScope itself does not serve; who else does, if anybody. */
export const UNSERVED_MODELS: Record<string, { task: string; providers: readonly "DashScope"[] }> =
  {
    "MiniMax/MiniMax-M3": { task: "text-generation", providers: [] },
    "moonshotai/Kimi-K2.6": { task: "text-generation", providers: [] },
    "black-forest-labs/FLUX.1-dev": { task: "text-to-image-synthesis", providers: [] },
    "black-forest-labs/FLUX.1-Kontext-dev": { task: "image-to-image", providers: [] },
    "Qwen/Qwen3-1.7B": { task: "text-generation", providers: ["DashScope"] },
  };

/** Served models that an outside provider offers as well. */
export const ALSO_AT_DASHSCOPE: readonly string[] = ["deepseek-ai/DeepSeek-V4-Pro"];

/** Rules that grant Magicubes; together what a new account has. Rows: seen in clients, values official. */
export const EARN_RULES = [
  { rule_key: "daily_active", title: "注册并登录", amount: 200, daily_cap: 1 },
  { rule_key: "aliyun_bindlogin", title: "绑定阿里云账号", amount: 50, daily_cap: 1 },
  { rule_key: "interaction_like", title: "点赞", amount: 2, daily_cap: 20 },
] as const;

/** Keys of the rules that have paid today in the simulator. */
export const EARNED_TODAY: readonly string[] = ["daily_active", "aliyun_bindlogin"];
