import { type Browser, type BrowserContext, expect, type Page } from "@playwright/test";
import pg from "pg";
import type { SimulatorOptions } from "@/simulator/options";
import { type Simulator, startSimulator } from "@/simulator/server";
import { type Instances, startInstances } from "../support/instances";
import { TEXTS } from "./story";

const t = TEXTS.en.auth;
const TOKEN = "ms-00000000-0000-4000-8000-000000000001";
const OWNER = {
  name: "Owner",
  email: "owner@example.com",
  password: "a long enough password",
};

export type OwnInstances = {
  instances: Instances;
  simulator: Simulator;
  /** Past the app. */
  database: pg.Pool;
  context: BrowserContext;
  /** Signed in, with a token. */
  page: Page;
  stop: () => Promise<void>;
};

/** Instances of the app with a simulator, a database and an owner of their own. */
export async function startOwnInstances(
  browser: Browser,
  count: number,
  options: Partial<SimulatorOptions>,
): Promise<OwnInstances> {
  const simulator = await startSimulator(options);
  const instances = await startInstances(count, {
    MODELSCOPE_API_URL: simulator.url,
    MODELSCOPE_SITE_URL: simulator.url,
    IMAGE_HOSTS: new URL(simulator.url).host,
    RUN_LEASE_MS: "3000",
    DRAIN_SECONDS: "1",
  });
  const database = new pg.Pool({ connectionString: instances.databaseUrl, max: 2 });
  const context = await browser.newContext({ baseURL: instances.url, locale: "en" });
  const page = await context.newPage();
  const headers = { origin: instances.url };
  const data = { code: instances.setupCode, ...OWNER };
  expect((await page.request.post("/api/setup", { data, headers })).status()).toBe(201);
  await page.goto("/sign-in");
  await page.getByLabel(t.email).fill(OWNER.email);
  await page.getByLabel(t.password, { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: t.signIn }).click();
  await expect(page).toHaveURL(/\/chat$/);
  await page.request.put("/api/token", { data: { token: TOKEN }, headers });
  await page.goto("/chat");
  return {
    instances,
    simulator,
    database,
    context,
    page,
    stop: async () => {
      await database.end();
      await context.close();
      await instances.stop();
      await simulator.close();
    },
  };
}
