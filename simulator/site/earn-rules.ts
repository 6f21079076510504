/** Rules that grant Magicubes; together what a new account has. Rows: seen in clients, values official. */
export const EARN_RULES = [
  { rule_key: "daily_active", title: "注册并登录", amount: 200, daily_cap: 1 },
  { rule_key: "aliyun_bindlogin", title: "绑定阿里云账号", amount: 50, daily_cap: 1 },
  { rule_key: "interaction_like", title: "点赞", amount: 2, daily_cap: 20 },
] as const;

const EARNED_TODAY: readonly string[] = ["daily_active", "aliyun_bindlogin"];

/** Whether a rule has paid today in the simulator. */
export const hasPaid = ({ rule_key }: { rule_key: string }) => EARNED_TODAY.includes(rule_key);
