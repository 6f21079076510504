import { randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { getSimulator, HEALTHY_TOKEN } from "../support/api";
import { runProbe, startServer } from "../support/probe";
import { tokenOf } from "../support/tokens";

const VERDICTS = ["agrees", "differs", "unknown"] as const;

const fixtureSchema = z.strictObject({
  source: z.literal("npm run probe:live"),
  hosts: z.literal("overridden"),
  date: z.iso.date(),
  certainty: z.literal("measured"),
  calls: z.array(
    z.strictObject({
      name: z.string(),
      method: z.enum(["GET", "POST"]),
      path: z.string(),
      status: z.int(),
      tookMs: z.int(),
      headers: z.record(z.string(), z.string()),
      body: z.json(),
    }),
  ),
  findings: z.array(
    z.strictObject({
      id: z.string(),
      question: z.string(),
      contract: z.string(),
      seen: z.string(),
      verdict: z.enum(VERDICTS),
    }),
  ),
});

const at = (url: string, token: string = HEALTHY_TOKEN) => ({
  MODELSCOPE_TOKEN: token,
  MODELSCOPE_API_URL: url,
  MODELSCOPE_SITE_URL: url,
});
const atSimulator = (token?: string) => at(getSimulator().url, token);

/** Lines of the table by question number, with their last word. */
function readTable(output: string): [string, string][] {
  return output.split("\n").flatMap((line): [string, string][] => {
    const match = /^(U\d+) .* (\w+)$/.exec(line);
    return match ? [[match[1] ?? "", match[2] ?? ""]] : [];
  });
}

describe("a session with a service like the contract's", () => {
  it("makes the six calls, agrees, and keeps the caller out of everything", async () => {
    const { status, output, files } = await runProbe(atSimulator());
    expect(status).toBe(0);
    expect(getSimulator().state.requests.map(({ method, path }) => [method, path])).toEqual([
      ["GET", "/v1/models"],
      ["POST", "/v1/chat/completions"],
      ["POST", "/v1/images/generations"],
      ["GET", expect.stringMatching(/^\/v1\/tasks\//)],
      ["GET", expect.stringMatching(/^\/v1\/tasks\//)],
      ["GET", "/openapi/v1/magicubes/balance"],
    ]);

    const rows = readTable(output);
    for (const id of ["U1", "U5", "U6", "U8", "U10", "U15"]) {
      const verdicts = rows.filter(([row]) => row === id).map(([, verdict]) => verdict);
      expect([id, [...new Set(verdicts)]]).toEqual([id, ["agrees"]]);
    }
    expect(rows).toContainEqual(["U3", "unknown"]);

    expect(files).toHaveLength(1);
    const fixture = fixtureSchema.parse(JSON.parse(files[0]?.text ?? ""));
    expect(files[0]?.name).toBe(`${fixture.date}.json`);
    expect(fixture.calls).toHaveLength(6);
    const all = output + files[0]?.text;
    expect(all).not.toContain(HEALTHY_TOKEN);
    expect(all).not.toContain(HEALTHY_TOKEN.slice(3));
    expect(all).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(all).not.toMatch(/\/v1\/tasks\/\d/);
    expect(all).not.toMatch(/"(?:available_balance|total_balance)": [1-9]/);
    expect(all).toContain("Qwen/Qwen3.5-35B-A3B");
  });

  it("a second one of the day keeps the first", async () => {
    const folder = path.join(process.env.DATA_DIR ?? "", "live");
    await runProbe({ ...atSimulator(), PROBE_OUT: folder });
    const [name = ""] = fs.readdirSync(folder);
    expect(name).toMatch(/^20\d\d-\d\d-\d\d\.json$/);
    const first = fs.readFileSync(path.join(folder, name), "utf8");
    const { output } = await runProbe({ ...atSimulator(), PROBE_OUT: folder });
    expect(output).toMatch(/20\d\d-\d\d-\d\d-2\.json/);
    expect(fs.readdirSync(folder)).toHaveLength(2);
    expect(fs.readFileSync(path.join(folder, name), "utf8")).toBe(first);
  });
});

describe("what it does not do", () => {
  const refused: [string, Record<string, string>, string[], RegExp][] = [
    ["without a token", { MODELSCOPE_TOKEN: "" }, ["--yes"], /holds no access token/],
    ["unasked", {}, [], /Nothing was asked/],
    ["with a token as argument", {}, ["--yes", HEALTHY_TOKEN], /only argument is --yes/],
    ["over plain http", { MODELSCOPE_API_URL: "http://192.0.2.1" }, ["--yes"], /must be https/],
    [
      "to a host that looks like this one",
      { MODELSCOPE_SITE_URL: "http://127.0.0.1.example" },
      ["--yes"],
      /must be https/,
    ],
    ["to no address", { MODELSCOPE_SITE_URL: "somewhere" }, ["--yes"], /is no address/],
    [
      "with credentials in an address",
      { MODELSCOPE_SITE_URL: "https://a:b@example.com" },
      ["--yes"],
      /credentials/,
    ],
  ];
  for (const [name, env, args, text] of refused) {
    it(name, async () => {
      const { status, output, files } = await runProbe({ ...atSimulator(), ...env }, args);
      expect(status).toBe(1);
      expect(output).toMatch(text);
      expect(output).not.toContain(HEALTHY_TOKEN);
      expect(files).toEqual([]);
      expect(getSimulator().state.requests).toEqual([]);
    });
  }

  it("follow a redirect", async () => {
    const elsewhere = await startServer((_, response) => response.end());
    const here = await startServer((_, response) => {
      response.writeHead(307, { location: elsewhere.url });
      response.end();
    });
    const { status, output } = await runProbe(at(here.url));
    expect(status).toBe(1);
    expect(output).toContain("redirected (307), which is never followed");
    expect(here.paths).not.toEqual([]);
    expect(elsewhere.paths).toEqual([]);
  });

  it("go on paying once the token is refused", async () => {
    const { status, output } = await runProbe(atSimulator(tokenOf("3")));
    expect(status).toBe(1);
    expect(output).toContain("the token is refused (403)");
    const paths = getSimulator().state.requests.map(({ path }) => path);
    expect(paths).toEqual(["/v1/models", "/v1/chat/completions"]);
  });
});

describe("a service that differs", () => {
  it("is reported, with 0", async () => {
    const server = await startServer((_, response) => {
      response.writeHead(503, {
        "content-type": "text/html",
        "retry-after": "7",
        "set-cookie": "acw_tc=secret-cookie",
      });
      response.end("<html>busy</html>");
    });
    const { status, output, files } = await runProbe(at(server.url));
    expect(status).toBe(0);
    const rows = readTable(output);
    expect(rows).toContainEqual(["U5", "differs"]);
    expect(rows).toContainEqual(["U15", "differs"]);
    expect(rows).toContainEqual(["U1", "unknown"]);
    expect(output).toContain("503 text/html <html>busy</html>");
    expect(files[0]?.text).not.toContain("secret-cookie");
    fixtureSchema.parse(JSON.parse(files[0]?.text ?? ""));
  });

  const bare = randomUUID();
  const token = `ms-${bare}`;
  const echoes: [string, (authorization: string) => string][] = [
    ["as text, across every cut", (a) => `${"x".repeat(60)}${a} ${"y".repeat(1_870)}${a}`],
    [
      "as a value and a key",
      (a) => JSON.stringify({ message: a, [a]: 1, error: { message: bare } }),
    ],
    [
      "encoded",
      (a) =>
        JSON.stringify({ a: Buffer.from(a.slice(7)).toString("base64"), b: encodeURIComponent(a) }),
    ],
    [
      "in a stream",
      (a) =>
        `data: ${JSON.stringify({ id: a, choices: [{ delta: { role: a, [a]: a } }], created: 1 })}\n\n`,
    ],
    ["in capitals", (a) => JSON.stringify({ error: { message: a.toUpperCase() } })],
  ];
  for (const [name, echo] of echoes) {
    it(`may repeat the token ${name}: it goes nowhere`, async () => {
      const server = await startServer(({ headers }, response) => {
        const authorization = headers.authorization ?? "";
        const text = echo(authorization);
        const isStream = text.startsWith("data:");
        response.writeHead(isStream ? 200 : 500, {
          "content-type": isStream ? "text/event-stream" : "text/plain",
          server: authorization,
          [`modelscope-ratelimit-${bare}`]: "1",
        });
        response.end(text);
      });
      const { output, files } = await runProbe(at(server.url, token));
      const all = (output + files.map(({ text }) => text).join("")).toLowerCase();
      expect(files).toHaveLength(1);
      expect(server.paths.length).toBeLessThanOrEqual(6);
      const secrets = [bare, Buffer.from(token).toString("base64").toLowerCase()];
      for (const secret of secrets) expect(all).not.toContain(secret);
      // Not even its beginning, which a cut would leave.
      expect(all).not.toContain(bare.slice(0, 8));
    });
  }
});
