import { defineConfig } from "@playwright/test";
import { DEMO_PORT, FRESH_PORT, SETUP_CODE, SIMULATOR_PORT } from "./tests/e2e/servers";

const isRoot = process.getuid?.() === 0;
const simulatorUrl = `http://127.0.0.1:${SIMULATOR_PORT}`;
/** The very Node that runs the tests: the one of the path may be older. */
const node = `"${process.execPath}"`;
const stopInOrder = { gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 } } as const;

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results/journeys",
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    baseURL: `http://localhost:${DEMO_PORT}`,
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    launchOptions: {
      ...(process.env.CHROMIUM && { executablePath: process.env.CHROMIUM }),
      args: isRoot ? ["--no-sandbox", "--disable-dev-shm-usage"] : [],
    },
  },
  webServer: [
    {
      command: `${node} scripts/demo.mjs`,
      url: `http://localhost:${DEMO_PORT}/api/ready`,
      env: { PORT: String(DEMO_PORT), DATA_DIR: ".data/e2e/demo", LOG_LEVEL: "warn" },
      timeout: 120_000,
      ...stopInOrder,
    },
    {
      command: `${node} simulator/main.ts`,
      url: `${simulatorUrl}/`,
      env: { SIMULATOR_PORT: String(SIMULATOR_PORT) },
      ...stopInOrder,
    },
    {
      command: `${node} scripts/start.mjs`,
      url: `http://localhost:${FRESH_PORT}/api/ready`,
      env: {
        PORT: String(FRESH_PORT),
        DATA_DIR: ".data/e2e/fresh",
        LOG_LEVEL: "warn",
        SETUP_CODE,
        MODELSCOPE_API_URL: simulatorUrl,
        MODELSCOPE_SITE_URL: simulatorUrl,
        IMAGE_HOSTS: new URL(simulatorUrl).host,
      },
      timeout: 120_000,
      ...stopInOrder,
    },
  ],
});
