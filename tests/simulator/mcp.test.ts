import { describe, expect, it } from "vitest";
import { MCP_SERVERS } from "@/simulator/site/mcp-servers";
import { getSimulator } from "../support/api";
import { askSite, at } from "../support/site";
import { tokenOf } from "../support/tokens";

const SERVERS = "/openapi/v1/mcp/servers";
const ECHO = `${SERVERS}/@simulator/echo`;

const list = (body: object = {}) => askSite(SERVERS, { method: "PUT", body });

const idsOf = (body: unknown) =>
  (at(body, "data", "mcp_server_list") as { id: string }[]).map(({ id }) => id);

const deploy = (token: string, id = "@simulator/echo", body: object = {}) =>
  askSite(`${SERVERS}/${id}/deploy`, {
    method: "POST",
    token,
    body: { transport_type: "sse", expiration_minutes: -1, auth_check: false, ...body },
  });

const running = (token: string) => askSite(`${SERVERS}/operational`, { token });

async function oauthToken(scope: string): Promise<string> {
  const redirect_uri = "http://localhost/callback";
  const client = { client_id: "simulator-app", redirect_uri };
  const ask = new URLSearchParams({ ...client, response_type: "code", scope });
  const { headers } = await askSite(`/oauth/authorize?${ask}`);
  const code = new URL(headers.get("location") ?? "").searchParams.get("code") ?? "";
  const form = {
    ...client,
    client_secret: "simulator-secret",
    code,
    grant_type: "authorization_code",
  };
  return String(at((await askSite("/oauth/token", { method: "POST", form })).body, "access_token"));
}

describe("the list of servers", () => {
  const cases: [string, object, string[], string[]][] = [
    [
      "hosted ones",
      { filter: { is_hosted: true }, page_size: 100 },
      ["@simulator/echo"],
      ["@simulator/local-files"],
    ],
    ["others", { filter: { is_hosted: false } }, ["@simulator/local-files"], ["@simulator/echo"]],
    [
      "a category",
      { filter: { category: "search" } },
      ["@simulator/search-of-nothing"],
      ["@simulator/echo"],
    ],
    [
      "a tag",
      { filter: { tag: "text" } },
      ["@simulator/echo", "@simulator/search-of-nothing"],
      ["@simulator/clock"],
    ],
    [
      "a category and a tag",
      { filter: { category: "search", tag: "text" } },
      ["@simulator/search-of-nothing"],
      ["@simulator/echo"],
    ],
    ["a search", { search: "ECHO" }, ["@simulator/echo"], ["@simulator/clock"]],
    ["a Chinese search", { search: "回声" }, ["@simulator/echo"], ["@simulator/clock"]],
  ];
  for (const [name, body, inside, outside] of cases) {
    it(name, async () => {
      const answer = await list(body);
      expect(idsOf(answer.body)).toEqual(expect.arrayContaining(inside));
      for (const id of outside) expect(idsOf(answer.body)).not.toContain(id);
    });
  }

  it("pages, without a token", async () => {
    const [first, second] = await Promise.all([1, 2].map((page_number) => list({ page_number })));
    expect(idsOf(first?.body)).toHaveLength(20);
    const all = [...idsOf(first?.body), ...idsOf(second?.body)];
    expect(all).toEqual(MCP_SERVERS.map(({ id }) => id));
    expect(at(first?.body, "data", "total_count")).toBe(MCP_SERVERS.length);
  });

  for (const [page_number, page_size, status] of [
    [1, 100, 200],
    [5, 20, 200],
    [6, 20, 400],
    [1, 101, 400],
    [0, 20, 400],
  ] as const) {
    it(`page ${page_number} of ${page_size}: ${status}`, async () => {
      expect((await list({ page_number, page_size })).status).toBe(status);
    });
  }
});

describe("one server", () => {
  for (const path of [ECHO, `${SERVERS}/%40simulator%2Fecho`]) {
    it(path, async () => {
      const { body } = await askSite(path);
      expect(at(body, "data")).toMatchObject({ id: "@simulator/echo", is_hosted: true });
      expect(at(body, "data")).not.toHaveProperty("operational_urls");
    });
  }

  it("says which settings it wants", async () => {
    const { body } = await askSite(`${SERVERS}/@simulator/search-of-nothing`);
    expect(at(body, "data", "env_schema", "required")).toEqual(["DEMO_API_KEY"]);
  });

  it("or is not there", async () => {
    expect((await askSite(`${SERVERS}/@simulator/nothing`)).status).toBe(404);
  });
});

describe("deployments", () => {
  it("are the caller's own, in all three places, until they end", async () => {
    const [token, other] = [tokenOf("1"), tokenOf("8")];
    const { body } = await deploy(token);
    const url = at(body, "data", "operational_urls", 0, "url");
    expect(url).toMatch(new RegExp(`^${getSimulator().url}/mcp-hosted/[0-9a-f-]{36}/sse$`));
    expect(at((await running(token)).body, "data", "mcp_server_list", 0)).toMatchObject({
      id: "@simulator/echo",
      operational_urls: [{ url, transport_type: "sse", auth_required: false, expiration: null }],
    });
    const detail = await askSite(`${ECHO}?get_operational_url=true`, { token });
    expect(at(detail.body, "data", "operational_urls", 0, "url")).toBe(url);
    const legacy = await askSite("/api/v1/mcp/services/operational", { token });
    expect(at(legacy.body, "Data", "Result", 0, "operational_urls", 0, "url")).toBe(url);
    expect(at((await running(other)).body, "data", "total_count")).toBe(0);
    const foreign = await askSite(`${ECHO}?get_operational_url=True`, { token: other });
    expect(at(foreign.body, "data", "operational_urls")).toEqual([]);

    const end = () => askSite(`${ECHO}/undeploy`, { method: "DELETE", token });
    expect((await end()).status).toBe(200);
    expect(at((await running(token)).body, "data", "total_count")).toBe(0);
    expect((await end()).status).toBe(404);
  });

  it("one instance each, in the way asked for last", async () => {
    const token = tokenOf("a");
    await deploy(token);
    await deploy(token, "@simulator/echo", {
      transport_type: "streamable_http",
      auth_check: true,
      expiration_minutes: 5,
    });
    const { body } = await running(token);
    expect(at(body, "data", "total_count")).toBe(1);
    const url = at(body, "data", "mcp_server_list", 0, "operational_urls", 0);
    expect(url).toMatchObject({ transport_type: "streamable_http", auth_required: true });
    expect(Date.parse(String(at(url, "expiration")))).toBeGreaterThan(Date.now());
  });

  it("at most twenty", async () => {
    const token = tokenOf("b");
    const counters = MCP_SERVERS.filter(({ name }) => name.startsWith("counter-"));
    const statuses = [];
    for (const { id } of counters) statuses.push((await deploy(token, id)).status);
    expect(statuses).toEqual([...Array(20).fill(200), 429]);
  });

  const refused: [string, string, object, number][] = [
    ["not hosted", "@simulator/local-files", {}, 400],
    ["an unknown transport", "@simulator/echo", { transport_type: "pigeon" }, 400],
    ["a setting missing", "@simulator/search-of-nothing", {}, 400],
    ["one that does not start", "@simulator/will-not-start", {}, 500],
    ["unknown", "@simulator/nothing", {}, 404],
    ["a setting given", "@simulator/search-of-nothing", { env_info: { DEMO_API_KEY: "x" } }, 200],
  ];
  for (const [name, id, body, status] of refused) {
    it(`${name}: ${status}`, async () => {
      expect((await deploy(tokenOf("8"), id, body)).status).toBe(status);
    });
  }

  it("need a token, as Bearer or as the session cookie", async () => {
    expect((await askSite(`${SERVERS}/operational`)).status).toBe(401);
    expect((await askSite("/api/v1/mcp/services/operational")).status).toBe(401);
    const headers = { cookie: `m_session_id=${tokenOf("1")}` };
    expect((await askSite(`${SERVERS}/operational`, { headers })).status).toBe(200);
  });

  it("need a scope, where an application asks", async () => {
    const bare = await oauthToken("openid");
    expect((await running(bare)).status).toBe(403);
    expect((await deploy(bare)).status).toBe(403);
    const full = await oauthToken("openid list-operational-mcp manage-mcp-deployment");
    expect((await deploy(full)).status).toBe(200);
    expect(at((await running(full)).body, "data", "total_count")).toBe(1);
  });
});

describe("the specification", () => {
  it("has the paths that exist", async () => {
    const { body } = await askSite("/.well-known/openapi.json");
    const paths = at(body, "paths") as Record<string, object>;
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining([
        "/openapi/v1/users/me",
        "/openapi/v1/magicubes/balance",
        "/openapi/v1/models/{1}/{2}",
        "/openapi/v1/mcp/servers/{1}/deploy",
      ]),
    );
    expect(Object.keys(paths).every((path) => path.startsWith("/openapi/v1/"))).toBe(true);
    expect(paths["/openapi/v1/mcp/servers/{1}"]).toHaveProperty("get");
  });
});
