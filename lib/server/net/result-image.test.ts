import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { getSettings } from "../env";
import { fetchResultImage, isPublicAddress } from "./result-image";

describe("an address of the open internet", () => {
  const refused = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "0.0.0.0",
    "255.255.255.255",
    "224.0.0.1",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:a9fe:a9fe",
    "not an address",
  ];
  for (const address of refused)
    it(`not ${address}`, () => expect(isPublicAddress(address)).toBe(false));
  for (const address of ["47.110.23.1", "2408:4001::1"]) {
    it(address, () => expect(isPublicAddress(address)).toBe(true));
  }
});

describe("a result picture is fetched from exact hosts only", () => {
  const hits: string[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    hits.push(request.url ?? "");
    if (request.url === "/redirect") return response.writeHead(302, { location: "/other" }).end();
    if (request.url === "/endless")
      return void setInterval(() => response.write("x".repeat(50_000)), 1).unref();
    return response.end("bytes");
  };
  const servers = [createServer(answer), createServer(answer)];
  let allowed = "";
  let other = "";
  const hostsBefore = getSettings().IMAGE_HOSTS;

  beforeAll(async () => {
    await Promise.all(servers.map((server) => once(server.listen(0, "127.0.0.1"), "listening")));
    [allowed = "", other = ""] = servers.map(
      (server) => `127.0.0.1:${(server.address() as AddressInfo).port}`,
    );
    getSettings().IMAGE_HOSTS = [allowed];
  });
  afterAll(() => {
    getSettings().IMAGE_HOSTS = hostsBefore;
    for (const server of servers) server.close();
  });
  beforeEach(() => {
    hits.length = 0;
  });

  it("from an allowed one", async () => {
    expect(Buffer.from(await fetchResultImage(`http://${allowed}/a.png`)).toString()).toBe("bytes");
    expect(hits).toEqual(["/a.png"]);
  });

  const urls: [string, () => string][] = [
    ["another port", () => `http://${other}/a.png`],
    ["the allowed host in the path", () => `http://${other}/${allowed}`],
    ["the allowed host in the query", () => `http://${other}/?${allowed}`],
    [
      "another name of the same machine",
      () => `http://${allowed.replace("127.0.0.1", "localhost")}/a.png`,
    ],
    ["a user and password", () => `http://user:pw@${allowed}/a.png`],
    ["the allowed host as user", () => `http://${allowed}@${other}/a.png`],
    ["another scheme", () => `ftp://${allowed}/a.png`],
    ["a file", () => "file:///etc/passwd"],
    ["data", () => "data:image/png;base64,AAAA"],
    ["no address", () => "not a url"],
  ];
  for (const [name, toUrl] of urls) {
    it(`SSR-08: not from ${name}`, async () => {
      await expect(fetchResultImage(toUrl())).rejects.toMatchObject({ code: "image_copy_failed" });
      expect(hits).toEqual([]);
    });
  }

  it("SSR-04: not over http from another machine, and not from a name with private addresses", async () => {
    getSettings().IMAGE_HOSTS = ["pictures.example", "localhost.localdomain", "ip6-localhost"];
    for (const url of [
      "http://pictures.example/a.png",
      "https://localhost.localdomain/",
      "https://ip6-localhost/",
    ]) {
      await expect(fetchResultImage(url)).rejects.toMatchObject({ code: "image_copy_failed" });
    }
    getSettings().IMAGE_HOSTS = [allowed];
    expect(hits).toEqual([]);
  });

  it("SSR-06, SSR-09: follows no redirect and stops at the cap", async () => {
    await expect(fetchResultImage(`http://${allowed}/redirect`)).rejects.toMatchObject({
      code: "image_copy_failed",
    });
    expect(hits).toEqual(["/redirect"]);
    const before = getSettings().MAX_IMAGE_BYTES;
    getSettings().MAX_IMAGE_BYTES = 200_000;
    await expect(fetchResultImage(`http://${allowed}/endless`)).rejects.toMatchObject({
      code: "image_copy_failed",
    });
    getSettings().MAX_IMAGE_BYTES = before;
  });
});

it("SSR-12: proxies that the environment names are not asked", async () => {
  const sink = createServer((_request, response) => response.end("a proxy"));
  const target = createServer((_request, response) => response.end("bytes"));
  await Promise.all(
    [sink, target].map((server) => once(server.listen(0, "127.0.0.1"), "listening")),
  );
  let hits = 0;
  sink.on("connection", () => {
    hits += 1;
  });
  const addressOf = (server: typeof sink) => `127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"]) {
    vi.stubEnv(name, `http://${addressOf(sink)}`);
  }
  vi.stubEnv("NO_PROXY", "");
  const before = getSettings().IMAGE_HOSTS;
  getSettings().IMAGE_HOSTS = [addressOf(target)];
  const bytes = await fetchResultImage(`http://${addressOf(target)}/a.png`);
  const { callObjectStore } = await import("./object-store");
  const stored = await callObjectStore(async () => ({
    method: "GET",
    url: `http://${addressOf(target)}/key`,
    headers: {},
  }));
  getSettings().IMAGE_HOSTS = before;
  vi.unstubAllEnvs();
  expect(Buffer.from(bytes).toString()).toBe("bytes");
  expect(await stored.text()).toBe("bytes");
  expect(hits).toBe(0);
  sink.close();
  target.close();
});
