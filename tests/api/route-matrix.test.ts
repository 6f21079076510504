import fs from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { call, createUser, errorOf, getSimulator, type TestUser } from "../support/api";

/** Every route with its methods and who may call it. A route without its row here fails. */
const ROUTES: Record<string, { public?: string[]; user?: string[]; administrator?: string[] }> = {
  "/api/auth/[...nextauth]": { public: ["GET", "POST"] },
  "/api/health": { public: ["GET"] },
  "/api/ready": { public: ["GET"] },
  "/api/setup": { public: ["POST"] },
  "/api/cron/tick": { public: ["GET", "POST"] },
  "/s/[slug]/file": { public: ["GET"] },
  "/s/[slug]/open": { public: ["POST"] },
  "/s/[slug]/opengraph-image": { public: ["GET"] },
  "/api/me": { user: ["GET", "PATCH"] },
  "/api/token": { user: ["GET", "PUT", "DELETE"] },
  "/api/token/check": { user: ["POST"] },
  "/api/models": { user: ["GET"] },
  "/api/models/check": { user: ["GET"] },
  "/api/models/favourites": { user: ["PUT"] },
  "/api/uploads": { user: ["POST"] },
  "/api/uploads/[id]/file": { user: ["GET"] },
  "/api/conversations": { user: ["GET", "POST"] },
  "/api/conversations/[id]": { user: ["GET", "PATCH", "DELETE"] },
  "/api/conversations/[id]/branch": { user: ["POST"] },
  "/api/conversations/[id]/export": { user: ["GET"] },
  "/api/conversations/[id]/messages/[messageId]": { user: ["DELETE"] },
  "/api/conversations/import": { user: ["POST"] },
  "/api/presets": { user: ["GET", "POST"] },
  "/api/presets/[id]": { user: ["PATCH", "DELETE"] },
  "/api/lane": { user: ["GET"] },
  "/api/chat": { user: ["POST"] },
  "/api/runs/[id]/stream": { user: ["GET"] },
  "/api/runs/[id]/stop": { user: ["POST"] },
  "/api/images": { user: ["GET", "POST", "PATCH", "DELETE"] },
  "/api/images/cancel": { user: ["POST"] },
  "/api/images/counts": { user: ["GET"] },
  "/api/images/[id]": { user: ["GET", "DELETE"] },
  "/api/images/[id]/file": { user: ["GET"] },
  "/api/images/[id]/thumb": { user: ["GET"] },
  "/api/images/[id]/check": { user: ["POST"] },
  "/api/images/[id]/cancel": { user: ["POST"] },
  "/api/images/[id]/share": { user: ["GET", "POST", "DELETE"] },
  "/api/loras": { user: ["GET"] },
  "/api/grids": { user: ["POST"] },
  "/api/grids/[id]": { user: ["GET"] },
  "/api/grids/[id]/run": { user: ["POST"] },
  "/api/shares": { user: ["GET", "DELETE"] },
  "/api/admin/members/[id]/shares": { administrator: ["DELETE"] },
  "/api/admin/usage": { administrator: ["GET"] },
  "/api/admin/usage/export.csv": { administrator: ["GET"] },
  "/api/admin/limits": { administrator: ["GET"] },
  "/api/admin/limits/[scope]": { administrator: ["PUT", "DELETE"] },
  "/api/admin/audit": { administrator: ["GET"] },
  "/api/prompts/help": { user: ["POST"] },
  "/api/usage": { user: ["GET"] },
  "/api/usage/calls": { user: ["GET"] },
  "/api/usage/export.csv": { user: ["GET"] },
  "/api/weather": { user: ["GET"] },
  "/api/me/budget": { user: ["PUT"] },
  "/api/credits": { user: ["GET"] },
  "/api/credits/flow": { user: ["GET"] },
};

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const APP = path.resolve(import.meta.dirname, "../../app");

const onDisk = fs
  .readdirSync(APP, { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "route.ts")
  .map((file) => `/${path.dirname(file)}`)
  .sort();

type Handler = Parameters<typeof call>[0];
const load = async (route: string) =>
  (await import(path.join(APP, route, "route.ts"))) as Record<string, Handler | undefined>;

const routesOf = (who: "user" | "administrator") =>
  Object.entries(ROUTES).flatMap(([route, { [who]: methods = [] }]) =>
    methods.map((method) => ({ route, method })),
  );
const userRoutes = routesOf("user");
const administratorRoutes = routesOf("administrator");
/** A value for each name in a route's path. */
const paramsOf = (route: string, id = "missing_id") =>
  Object.fromEntries([...route.matchAll(/\[(\w+)\]/g)].map(([, name = ""]) => [name, id]));

it("has a row for every route on disk, with exactly its methods", async () => {
  expect(onDisk).toEqual(Object.keys(ROUTES).sort());
  for (const [route, row] of Object.entries(ROUTES)) {
    const { public: open = [], user = [], administrator = [] } = row;
    const module = await load(route);
    const methods = METHODS.filter((method) => module[method]);
    expect([route, methods]).toEqual([route, [...open, ...user, ...administrator]]);
  }
});

describe("routes of administrators", () => {
  for (const { route, method } of administratorRoutes) {
    it(`${method} ${route} is forbidden to members, whatever is sent`, async () => {
      const handler = (await load(route))[method] as Handler;
      const user = await createUser();
      for (const id of ["missing_id", user.id, "../../etc/passwd"]) {
        const error = await errorOf(
          await call(handler, {
            method,
            user,
            path: "/api/test?junk=1",
            ...(method !== "GET" && { body: { junk: true } }),
            params: paramsOf(route, id),
          }),
        );
        expect(error).toMatchObject({ status: 403, code: "forbidden" });
      }
    });
  }
});

describe("anonymous callers", () => {
  for (const { route, method } of [...userRoutes, ...administratorRoutes]) {
    it(`${method} ${route} answers 401, whatever is sent, and nothing leaves`, async () => {
      const handler = (await load(route))[method] as Handler;
      const body = method === "GET" ? undefined : { junk: true };
      for (const cookie of ["", "msp.sid=forged", `msp.sid=${"x".repeat(43)}`]) {
        const headers = { cookie, "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" };
        const error = await errorOf(
          await call(handler, { method, body, params: paramsOf(route), headers }),
        );
        expect(error).toMatchObject({ status: 401, code: "unauthenticated" });
      }
      expect(getSimulator().state.requests).toEqual([]);
    });
  }
});

describe("signed-in callers", () => {
  let user: TestUser;
  beforeAll(async () => {
    user = await createUser();
  });

  for (const { route, method } of userRoutes.filter((row) => row.method !== "GET")) {
    it(`${method} ${route} refuses other sites before any work`, async () => {
      const handler = (await load(route))[method] as Handler;
      const sites: Record<string, string>[] = [
        { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
        { "sec-fetch-site": "same-site" },
        { "sec-fetch-site": "none" },
        { origin: "null" },
        { origin: "https://localhost:3000" },
        { origin: "http://localhost:3000.evil.example" },
      ];
      for (const headers of sites) {
        const error = await errorOf(
          await call(handler, { method, user, body: {}, params: paramsOf(route), headers }),
        );
        expect(error).toMatchObject({ status: 403, code: "cross_site" });
      }
    });
  }

  for (const { route, method } of userRoutes.filter(({ route: at }) => at.includes("[id]"))) {
    it(`${method} ${route} answers missing and malformed ids typed`, async () => {
      const handler = (await load(route))[method] as Handler;
      const needsBody = method === "PATCH" || /\/(share|branch|run)$/.test(route);
      const valid = route.endsWith("/branch") ? { messageId: "missing_id" } : {};
      const body = method !== "GET" && needsBody ? valid : undefined;
      const ask = (id: string) =>
        call(handler, {
          method,
          user,
          body,
          params: paramsOf(route, id),
          headers: { "idempotency-key": crypto.randomUUID() },
        }).then(errorOf);
      expect(await ask("missing_id")).toMatchObject({ status: 404, code: "not_found" });
      for (const id of ["../../etc/passwd", "' OR 1=1--", "x".repeat(65), "\u0000"]) {
        expect(await ask(id)).toMatchObject({ status: 400, code: "invalid_request" });
      }
    });
  }

  it("get no answer a cache may keep", async () => {
    for (const { route, method } of userRoutes) {
      const handler = (await load(route))[method] as Handler;
      const response = await call(handler, {
        method,
        user,
        body: method === "GET" ? undefined : {},
        params: paramsOf(route),
      });
      expect([route, response.headers.get("cache-control")]).toEqual([
        route,
        expect.stringContaining("no-store"),
      ]);
    }
  });
});
