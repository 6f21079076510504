import { expect, type Page, test } from "@playwright/test";
import type { Conversation } from "@/lib/shared/schemas/conversation";
import { pickModel, signIn, TEXTS, USERS } from "./story";

const t = TEXTS.en;
test.use({ locale: "en" });

const box = (page: Page) => page.getByLabel(t.chat.message);

test("a wrong password is told as such, and nothing else", async ({ page }) => {
  await page.goto("/sign-in");
  for (const email of [USERS.member.email, "nobody@example.com"]) {
    await page.getByLabel(t.auth.email).fill(email);
    await page.getByLabel(t.auth.password, { exact: true }).fill("not the password");
    await page.getByRole("button", { name: t.auth.signIn }).click();
    await expect(
      page.getByRole("alert").filter({ hasText: t.errors.wrong_credentials }),
    ).toBeVisible();
  }
});

test("pages send strangers to sign in, and unknown addresses say so", async ({ page }) => {
  for (const path of ["/chat", "/images", "/usage", "/settings", "/chat/cnv_x", "/images/img_x"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/sign-in(\?next=|$)/);
    expect(new URL(page.url()).searchParams.get("next") ?? "/chat").toBe(path);
  }
  await page.goto("/nowhere");
  await expect(page.getByText(t.errors.not_found)).toBeVisible();
  await page.goto("/s/msps_nothing");
  await expect(page.getByText(t.share.gone)).toBeVisible();
});

test("an answer that breaks keeps its text, says why and what it cost", async ({ page }) => {
  await signIn(page, "en", USERS.member);
  await pickModel(page, "en", "simulator/reset");
  await page.getByLabel(t.chat.message).fill("Hello");
  await page.keyboard.press("Enter");
  await expect(page.getByText(t.errors.interrupted)).toBeVisible();
  await expect(page.locator("[data-role=assistant]")).toContainText("simulator");
  await expect(page.getByTestId("readout")).toContainText(t.readout.status.interrupted);

  await page.goto("/chat");
  await pickModel(page, "en", "simulator/blocked");
  await page.getByLabel(t.chat.message).fill("Hello");
  await page.keyboard.press("Enter");
  await expect(page.getByText(t.errors.content_blocked)).toBeVisible();
  await expect(page.getByText(t.chat.costNone)).toBeVisible();
  await page.getByText(t.common.raw).click();
  await expect(page.getByText("Input data may contain inappropriate content.")).toBeVisible();
});

test("Stop ends the answer at once; the text stays after a reload", async ({ page }) => {
  await signIn(page, "en", USERS.member);
  await pickModel(page, "en", "simulator/endless");
  await page.getByLabel(t.chat.message).fill("Hello");
  await page.keyboard.press("Enter");
  const answer = page.locator("[data-role=assistant]");
  await expect(answer).toContainText("simulator");
  await page.getByRole("button", { name: t.chat.stop }).click();
  await expect(page.getByTestId("readout")).toContainText(t.readout.status.stopped);
  const text = (await answer.textContent()) ?? "";
  await page.reload();
  await expect(page.getByTestId("readout")).toContainText(t.readout.status.stopped);
  expect(((await answer.textContent()) ?? "").length).toBeGreaterThan(text.length / 2);
});

test("a question that cannot be sent comes back into its box", async ({ page }) => {
  await signIn(page, "en", USERS.member);
  await page.route("**/api/chat", (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/json",
      body: JSON.stringify({ error: { code: "database_down", message: "x", id: "err_1" } }),
    }),
  );
  await page.getByLabel(t.chat.message).fill("Keep me");
  await page.keyboard.press("Enter");
  await expect(page.getByText(t.errors.database_down)).toBeVisible();
  await expect(page.getByLabel(t.chat.message)).toHaveValue("Keep me");
  await expect(page.locator("[data-role=user]")).toHaveCount(0);
});

test("a refused question waits while the next is written; model and instructions stay", async ({
  page,
}) => {
  await signIn(page, "en", USERS.member);
  await page.getByLabel(new RegExp(`^${t.param.systemPrompt}`)).fill("Answer in rhymes.");
  await page.goto("/settings");
  await page.goto("/chat");
  await expect(page.getByLabel(new RegExp(`^${t.param.systemPrompt}`))).toHaveValue(
    "Answer in rhymes.",
  );
  let isRefused = true;
  await page.route("**/api/chat", async (route) => {
    if (!isRefused) return route.continue();
    await page.waitForTimeout(1_000);
    const error = { code: "lane_full", message: "x", id: "err_1" };
    return route.fulfill({ status: 429, json: { error } });
  });
  await box(page).fill("First");
  await page.keyboard.press("Enter");
  await box(page).fill("Second, half writ");
  await expect(page.getByText(t.errors.lane_full)).toBeVisible();
  await expect(box(page)).toHaveValue("Second, half writ");
  const queued = page.getByRole("list", { name: t.chat.queued });
  await expect(queued).toContainText("First");
  isRefused = false;
  await page.getByRole("button", { name: t.chat.sendHeld }).click();
  await expect(page.locator("[data-role=user]")).toContainText("First");
  await expect(queued).toHaveCount(0);
  await expect(box(page)).toHaveValue("Second, half writ");
  await expect(page.getByTestId("readout")).toContainText(t.readout.status.complete);
  const id = new URL(page.url()).pathname.split("/").at(-1);
  const stored: Conversation = await (await page.request.get(`/api/conversations/${id}`)).json();
  expect(stored.settings).toEqual({ systemPrompt: "Answer in rhymes." });
});

test("compare: begun anew from its own page; a refused question is back in the box", async ({
  page,
}) => {
  await signIn(page, "en", USERS.member);
  const link = page.getByRole("link", { name: t.nav.compare });
  await link.click();
  await expect(page).toHaveURL(/\/compare\?m=/);
  await page.route("**/api/chat", (route) => {
    const error = { code: "lane_full", message: "x", id: "err_1" };
    return route.fulfill({ status: 429, json: { error } });
  });
  await box(page).fill("Both, please");
  await page.keyboard.press("Enter");
  await expect(page.getByText(t.errors.lane_full)).toHaveCount(2);
  await expect(box(page)).toHaveValue("Both, please");
  await page.unroute("**/api/chat");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/c=cnv_.*c=cnv_/);
  const columns = page.getByTestId("compare-column");
  await expect(columns.nth(1).getByTestId("readout")).toContainText(t.readout.status.complete);
  await link.click();
  await expect(page.locator("[data-role=assistant]")).toHaveCount(0);
  await expect(page).toHaveURL(/\/compare\?m=[^c]/);
});

test("Markdown of a model runs nothing and loads nothing", async ({ page }) => {
  await signIn(page, "en", USERS.member);
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("dialog", () => requests.push("dialog"));
  const evil =
    "<img src=x onerror=alert(1)> ![p](https://evil.example/p.png) [l](javascript:alert(1)) <script>alert(1)</script>";
  await page.getByLabel(t.chat.message).fill(evil);
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("readout")).toContainText(t.readout.status.complete);
  const answer = page.locator("[data-role=assistant]");
  await expect(answer).toContainText("<img src=x onerror=alert(1)>");
  await expect(answer.locator("img, script")).toHaveCount(0);
  await expect(answer.locator("a[href^=javascript]")).toHaveCount(0);
  await expect(answer).toContainText("Remote picture not loaded: p");
  expect(requests.filter((url) => !url.startsWith("http://localhost:"))).toEqual([]);
});

test("a deleted picture can be had back for five seconds, then it is gone", async ({ page }) => {
  await signIn(page, "en", USERS.member);
  await page.goto("/images");
  const cards = page.getByTestId("image-card");
  const count = await cards.count();
  const remove = async () => {
    await cards.last().hover();
    await cards.last().getByRole("button", { name: t.image.actions }).click();
    await page.getByRole("menuitem", { name: t.image.delete, exact: true }).click();
    await expect(cards).toHaveCount(count - 1);
  };
  await remove();
  await page.getByRole("button", { name: t.common.undo }).click();
  await expect(cards).toHaveCount(count);
  await remove();
  await page.waitForResponse((response) => response.request().method() === "DELETE");
  await page.reload();
  await expect(cards).toHaveCount(count - 1);
});

test("the phone's width has everything within reach", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, "en", USERS.member);
  for (const name of [t.nav.images, t.nav.usage, t.nav.settings, t.nav.chat]) {
    await page.getByRole("link", { name }).click();
    await expect(page.getByRole("link", { name })).toHaveAttribute("aria-current", "page");
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  }
  await page.getByRole("button", { name: t.chat.list.open }).click();
  await expect(page.getByRole("searchbox", { name: t.chat.list.search })).toBeVisible();
});

test("every page carries a script policy of its own, and no script runs outside of it", async ({
  page,
}) => {
  const nonces = new Set<string>();
  for (const path of ["/sign-in", "/nowhere", "/s/msps_nothing"]) {
    const headers = (await page.request.get(path)).headers();
    const policy = headers["content-security-policy"] ?? "";
    nonces.add(/script-src 'nonce-([\w+/=]{24})' 'strict-dynamic';/.exec(policy)?.[1] ?? "none");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["x-powered-by"]).toBeUndefined();
  }
  expect(nonces.size).toBe(3);
  expect(nonces).not.toContain("none");
  const api = (await page.request.get("/api/health")).headers();
  expect(api["content-security-policy"]).toContain("default-src 'none'");
});
