import type { Site } from "./schemas/token";
import type { LightReason } from "./schemas/token-check";

/** ModelScope's pages where a user mends an account. Those of the international site are inferred where they were not seen. */
export const TOKEN_PAGE: Record<Site, string> = {
  cn: "https://modelscope.cn/my/myaccesstoken",
  ai: "https://modelscope.ai/my/myaccesstoken",
};

export const ACCOUNT_PAGE: Record<Site, string> = {
  cn: "https://modelscope.cn/my/accountsettings",
  ai: "https://modelscope.ai/my/settings/account",
};

export const EARN_PAGE: Record<Site, string> = {
  cn: "https://modelscope.cn/magicube/usage?tab=earn",
  ai: "https://modelscope.ai/magicube/usage?tab=earn",
};

export const SPENDING_PAGE: Record<Site, string> = {
  cn: "https://modelscope.cn/magicube/usage?tab=consume",
  ai: "https://modelscope.ai/magicube/usage?tab=consume",
};

/** The page that mends what made a light red; none for what passes, or is mended here. */
export const MENDING_PAGE: Partial<Record<LightReason, Record<Site, string>>> = {
  wrong: TOKEN_PAGE,
  deleted: TOKEN_PAGE,
  unbound: ACCOUNT_PAGE,
  unverified: ACCOUNT_PAGE,
  empty: EARN_PAGE,
};
