import { expect, type Page, test } from "@playwright/test";
import type { OwnUsage } from "@/lib/shared/schemas/usage";
import { type OwnInstances, startOwnInstances } from "./own-instances";
import { ask, TEXTS } from "./story";

const t = TEXTS.en;
const BALANCE = "/openapi/v1/magicubes/balance";
const TOKEN = "ms-00000000-0000-4000-8000-000000000001";
test.use({ locale: "en" });
test.describe.configure({ mode: "serial", timeout: 90_000 });

let own: OwnInstances;
let page: Page;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  own = await startOwnInstances(browser, 2, { chunkDelayMs: 1, firstChunkDelayMs: 1 });
  page = own.page;
});
test.afterAll(() => own?.stop());

const chip = () => page.getByTestId("credit-chip");
const panel = () => page.locator(":popover-open");
const origin = () => ({ origin: own.instances.url });

/** Answers the next readings of the balance so; a new token is one that was never read. */
async function showBalance(status: number, body: string | null): Promise<void> {
  own.simulator.state.interceptors.set(BALANCE, ({ response }) => {
    if (body === null) return; // never
    response.writeHead(status, { "content-type": "application/json" });
    response.end(body);
  });
  await page.request.put("/api/token", { data: { token: TOKEN }, headers: origin() });
  await page.goto("/usage");
}

const toBody = (available: number, held: number) =>
  JSON.stringify({ success: true, data: { available_balance: available, frozen_amount: held } });

test("five displays of the balance: known, held, failed, too late, not understood", async () => {
  const displays = [
    { answer: [200, toBody(250, 0)], chip: /^250 ?Magicubes$/, page: "250" },
    { answer: [200, toBody(248, 2)], chip: /^248 ?Magicubes ?2 held$/, page: "248" },
    { answer: [500, "{}"], chip: /^— ?error$/, page: "—" },
    { answer: [200, null], chip: /^— ?timeout$/, page: "—" },
    { answer: [200, '{"success":true}'], chip: /^— ?unclear answer$/, page: "—" },
  ] as const;
  for (const display of displays) {
    const [status, body] = display.answer;
    await showBalance(status, body);
    await expect(chip()).toHaveText(display.chip, { timeout: 15_000 });
    await expect(page.getByTestId("balance")).toHaveText(display.page);
  }
  await chip().click();
  for (const key of ["what", "tiers", "life", "earn"] as const) {
    await expect(panel().getByText(t.credit.why[key])).toBeVisible();
  }
  await expect(panel().getByText(t.credit.fault.malformed)).toBeVisible();
  await page.keyboard.press("Escape");
  own.simulator.state.interceptors.clear();
});

test("in the daily era what is left of today, and the time until it counts anew", async () => {
  own.simulator.state.options.era = "daily";
  await page.goto("/chat");
  await ask(page, "en", "How many are left?");
  await page.reload();
  await expect(chip()).toContainText("1,999 / 2,000");
  await chip().click();
  await expect(panel().getByTestId("countdown")).toContainText(/^\d\d:\d\d:\d\d to 00:00 UTC\+8/);
  await expect(panel().getByTestId("daily-limits")).toContainText("499 / 500");
  own.simulator.state.options.era = "magicube";
});

test("the page shows the numbers of the API, as charts and as tables; a call leads to its chat", async () => {
  await page.goto("/chat");
  await ask(page, "en", "One more");
  await page.goto("/usage?range=14&measure=calls");
  const elsewhere = page.getByTestId("usage-elsewhere");
  await expect(elsewhere).toHaveText(/^(unknown|[\d,.]+)$/);
  const usage: OwnUsage = await (await page.request.get("/api/usage")).json();
  const number = (value: number | null) => (value ?? 0).toLocaleString("en");
  await expect(page.getByTestId("usage-calls")).toHaveText(number(usage.total.calls));
  await expect(page.getByTestId("usage-tokens-in")).toHaveText(number(usage.total.inputTokens));
  await expect(page.getByTestId("usage-tokens-out")).toHaveText(number(usage.total.outputTokens));
  await expect(page.getByTestId("usage-success")).toHaveText("100%");
  const { account } = usage;
  await expect(elsewhere).toHaveText(account ? number(account.elsewhere) : t.usage.unknown);
  const chart = page.getByRole("region", { name: t.usage.per.calls.day });
  await expect(chart.getByRole("img")).toHaveAttribute(
    "aria-label",
    new RegExp(`${usage.total.calls} in all`),
  );
  await chart.getByRole("slider").press("End");
  const reading = chart.getByTestId("bar-reading");
  await expect(reading).toHaveText(new RegExp(`^\\d\\d-\\d\\d · ${usage.total.calls}\\D`));
  await chart.getByRole("slider").press("ArrowLeft");
  await expect(reading).toHaveText(/^\d\d-\d\d · 0$/);
  await chart.getByRole("button", { name: t.usage.asTable }).click();
  await expect(chart.getByRole("row")).toHaveCount(15);
  const [kept] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: t.usage.export }).click(),
  ]);
  expect(kept.suggestedFilename()).toMatch(/^usage-\d{4}-\d\d-\d\d\.csv$/);

  await page.getByRole("checkbox", { name: t.usage.troubled }).check();
  await page.getByRole("button", { name: t.usage.filter, exact: true }).click();
  await expect(page.getByText(t.usage.noneOfThese)).toBeVisible();
  await page.getByRole("link", { name: t.usage.clearFilter }).click();
  await page.getByRole("button", { name: t.usage.openCall }).first().click();
  await page.getByRole("link", { name: t.usage.toConversation }).click();
  await expect(page).toHaveURL(/\/chat\/cnv_/);
});

test("TIM-01 two instances: an administrator's limit holds for twenty at once, and is said above the page", async () => {
  await page.goto("/admin/limits");
  const row = page.getByRole("row", { name: new RegExp(`^${t.admin.everyMember}`) });
  const used = Number(
    (
      await own.database.query(
        `select sum(calls)::int as n from "UsageSum" where length(span) = 10`,
      )
    ).rows[0].n,
  );
  await row
    .getByRole("textbox")
    .first()
    .fill(String(used + 1));
  await row.getByRole("button", { name: t.caps.save }).click();
  await expect(row.getByRole("button", { name: t.caps.save })).toBeDisabled();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () =>
      page.request.post("/api/chat", {
        headers: origin(),
        data: {
          message: { text: "At once" },
          model: "Qwen/Qwen3-8B",
          settings: {},
          idempotencyKey: crypto.randomUUID(),
        },
      }),
    ),
  );
  expect(answers.filter((answer) => answer.status() === 200)).toHaveLength(1);
  expect(answers.filter((answer) => answer.status() === 429)).toHaveLength(19);
  await page.goto("/chat");
  await expect(page.getByTestId("cap-notice")).toContainText(t.caps.notice.reached.trim());
  await page.getByLabel(t.chat.message).fill("And now?");
  await page.keyboard.press("Enter");
  await expect(page.getByText(t.errors.member_calls_spent)).toBeVisible();
  await page.goto("/images");
  await page.locator("#image-prompt").fill("One too many");
  await expect(page.getByTestId("verdict")).toHaveText(t.errors.member_calls_spent);
  await page.goto("/admin/audit");
  await expect(page.getByRole("row").nth(3)).toContainText(t.admin.action.limits_change);
});
