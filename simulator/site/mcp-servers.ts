/** A server of the MCP plaza. All are made up; none runs. */
export type McpServer = {
  id: string;
  name: string;
  chineseName: string;
  description: string;
  category: string;
  tags: readonly string[];
  isHosted: boolean;
  /** Settings it wants before it is deployed. */
  env?: readonly string[];
  /** Its deployment fails. */
  isBroken?: boolean;
};

const server = (
  name: string,
  facts: Partial<McpServer> & Pick<McpServer, "chineseName" | "description" | "category">,
): McpServer => ({ id: `@simulator/${name}`, name, tags: ["simulated"], isHosted: true, ...facts });

/** Enough of a kind to reach the limit of deployments and to need a second page. */
const NUMBERED: readonly McpServer[] = Array.from({ length: 21 }, (_, index) => {
  const number = String(index + 1).padStart(2, "0");
  return server(`counter-${number}`, {
    chineseName: `计数器 ${number}`,
    description: `Counts from ${number} upwards. A demonstration, nothing runs.`,
    category: "other",
  });
});

export const MCP_SERVERS: readonly McpServer[] = [
  server("echo", {
    chineseName: "回声",
    description: "Says back what it is told. A demonstration, nothing runs.",
    category: "developer-tools",
    tags: ["simulated", "text"],
  }),
  server("clock", {
    chineseName: "停走的钟",
    description: "Always says noon. A demonstration, nothing runs.",
    category: "calendar-management",
  }),
  server("search-of-nothing", {
    chineseName: "空搜索",
    description: "Searches and finds nothing. A demonstration, nothing runs.",
    category: "search",
    tags: ["simulated", "text"],
    env: ["DEMO_API_KEY"],
  }),
  server("will-not-start", {
    chineseName: "启动失败",
    description: "Its deployment fails. A demonstration, nothing runs.",
    category: "developer-tools",
    isBroken: true,
  }),
  server("local-files", {
    chineseName: "本地文件",
    description: "Runs on one's own machine only. A demonstration, nothing runs.",
    category: "file-systems",
    isHosted: false,
  }),
  ...NUMBERED,
];
