import type { BrowserContext, Page } from "@playwright/test";
import { makePicture, signIn, TEXTS, USERS } from "./story";
import { expect, test, watch } from "./watched-test";

const t = TEXTS.en;
test.use({ locale: "en" });
test.describe.configure({ timeout: 120_000 });

/** Shares the newest picture with what is chosen in the dialog and answers the address. */
async function shareNewest(page: Page, choose: () => Promise<void>): Promise<string> {
  const card = page.getByTestId("image-card").first();
  await card.hover();
  await card.getByRole("button", { name: t.image.share, exact: true }).click();
  await choose();
  await page.getByRole("button", { name: t.share.make }).click();
  const url = await page.getByTestId("share-url").inputValue();
  await page.getByRole("button", { name: t.common.close }).click();
  return url;
}

const showAll = async (page: Page) => {
  await page.getByRole("switch", { name: t.share.showPrompt }).check();
  await page.getByRole("switch", { name: t.share.showParameters }).check();
};

const nothingElse = () => Promise.resolve();

let visitor: BrowserContext;
let faults: string[];
test.beforeEach(async ({ page, browser, baseURL }) => {
  await signIn(page, "en", USERS.member);
  await page.goto("/images");
  visitor = await browser.newContext({ locale: "en", ...(baseURL && { baseURL }) });
  faults = watch(visitor, new URL(baseURL ?? "").origin);
});
test.afterEach(async () => {
  expect(faults).toEqual([]);
  await visitor.close();
});

test("SHR-05, SHR-06, SHR-12: the page tells what is shown and nothing else, asks nobody and sets nothing", async ({
  page,
}) => {
  const prompt = "A shared heron";
  await page.locator("#image-seed").fill("4711");
  await makePicture(page, "en", prompt);
  const me = await (await page.request.get("/api/me")).json();
  const { images } = await (await page.request.get("/api/images")).json();
  const url = await shareNewest(page, () => showAll(page));
  const answer = await visitor.request.get(url);
  const headers = answer.headers();
  expect(headers["x-robots-tag"]).toBe("noindex, nofollow, noarchive");
  expect(headers["referrer-policy"]).toBe("no-referrer");
  expect(headers["cache-control"]).toContain("no-store");
  expect(headers["set-cookie"]).toBeUndefined();
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  const html = await answer.text();
  expect(html).toContain('<meta name="robots" content="noindex, nofollow, noarchive"/>');
  expect(html).toContain(`<meta property="og:image" content="${url}/opengraph-image"/>`);
  expect(html).toContain('<meta name="twitter:card" content="summary_large_image"/>');
  const [{ id, batchId }] = images;
  for (const secret of [USERS.member.email, me.id, me.name, id, batchId, "storageKey"]) {
    expect(secret).toMatch(/.{3}/);
    expect(html.includes(secret), secret).toBe(false);
  }
  // Where ModelScope keeps its own copy, which no revocation reaches.
  expect(html).not.toMatch(/\/img\/[0-9a-f]{32}/);
  const file = await visitor.request.get(`${url}/file`);
  expect(file.headers()["cross-origin-resource-policy"]).toBe("same-origin");
  const preview = await visitor.request.get(`${url}/opengraph-image`);
  expect(preview.headers()["content-type"]).toBe("image/jpeg");
  for (const path of ["/_next/image?w=640&q=75&url=", "/_next/image?w=1080&q=75&url="]) {
    const optimised = await visitor.request.get(
      path + encodeURIComponent(`${new URL(url).pathname}/file`),
    );
    expect(optimised.ok()).toBe(false);
  }
  const robots = await visitor.request.get("/robots.txt");
  expect(await robots.text()).not.toMatch(/disallow:\s*\/s/i);
  const visit = await visitor.newPage();
  await visit.goto(url);
  await expect(visit.getByRole("img", { name: prompt })).toBeVisible();
  await expect(visit.getByText(t.share.label)).toBeVisible();
  expect(await visitor.cookies()).toEqual([]);
});

test("each part is shown or hidden by itself", async ({ page }) => {
  const prompt = "A shared grebe";
  await makePicture(page, "en", prompt);
  const url = await shareNewest(page, () =>
    page.getByRole("switch", { name: t.share.showParameters }).check(),
  );
  const visit = await visitor.newPage();
  await visit.goto(url);
  await expect(visit.getByText("Tongyi-MAI/Z-Image-Turbo").first()).toBeVisible();
  await expect(visit.getByText("MODELSCOPE_TOKEN").first()).toBeVisible();
  expect(await visit.content()).not.toContain(prompt);
});

test("somebody runs it with their own token: signs in, and the form is filled", async ({
  page,
}) => {
  const prompt = "A shared egret";
  await page.locator("#image-seed").fill("4712");
  await makePicture(page, "en", prompt);
  const url = await shareNewest(page, () => showAll(page));
  const visit = await visitor.newPage();
  await visit.goto(url);
  await visit.getByRole("link", { name: t.share.run }).click();
  await expect(visit).toHaveURL(/\/sign-in\?next=/);
  await visit.getByLabel(t.auth.email).fill(USERS.administrator.email);
  await visit.getByLabel(t.auth.password, { exact: true }).fill(USERS.administrator.password);
  await visit.getByRole("button", { name: t.auth.signIn }).click();
  await expect(visit).toHaveURL(/\/images\?from=/);
  await expect(visit.locator("#image-prompt")).toHaveValue(prompt);
  await expect(visit.locator("#image-seed")).toHaveValue("4712");
  await expect(visit.getByTestId("image-card").filter({ hasText: prompt })).toHaveCount(0);
  await visit.goto("/images?from=msps_nothing");
  await expect(visit.getByText(t.image.recipeGone)).toBeVisible();
});

test("SHR-08: a link for one view: robots and reloads use nothing up, the second visitor is too late", async ({
  page,
}) => {
  const prompt = "A shared crane";
  await makePicture(page, "en", prompt);
  const url = await shareNewest(page, async () => {
    await page.getByRole("radio", { name: "1 time", exact: true }).check({ force: true });
    await showAll(page);
  });
  const robots: Record<string, string>[] = [
    { "user-agent": "facebookexternalhit/1.1" },
    { purpose: "prefetch" },
  ];
  for (const headers of robots) {
    const answer = await visitor.request.get(url, { headers });
    expect(answer.status()).toBe(200);
    expect(await answer.text()).not.toContain(prompt);
    expect(await answer.text()).not.toContain("og:image");
  }
  expect((await visitor.request.head(url)).status()).toBe(200);
  const visit = await visitor.newPage();
  await visit.goto(url);
  await visit.getByRole("button", { name: t.share.gateOpen }).click();
  await expect(visit.getByRole("img", { name: prompt })).toBeVisible();
  // What stands in the address is what people pass on.
  await expect(visit).toHaveURL(url);
  await visit.reload();
  await expect(visit.getByRole("img", { name: prompt })).toBeVisible();
  // The address alone leads nowhere any more; this tab knows its view.
  expect(faults.splice(0)).toEqual([expect.stringContaining("404")]);
  expect((await visitor.request.get(url)).status()).toBe(404);
  expect((await visitor.request.get(`${url}/file`)).status()).toBe(404);
});

test("an uncounted link counts people, not robots", async ({ page }) => {
  const prompt = "A shared stork";
  await makePicture(page, "en", prompt);
  const url = await shareNewest(page, nothingElse);
  await visitor.request.get(url, { headers: { "user-agent": "Slackbot-LinkExpanding 1.0" } });
  await visitor.request.head(url);
  await visitor.request.get(url, { headers: { "sec-purpose": "prefetch;prerender" } });
  const visit = await visitor.newPage();
  await visit.goto(url);
  await page.goto("/settings");
  const row = page.getByTestId("share-row").filter({ hasText: prompt }).first();
  await expect(row).toContainText("Opened 1 time ");
});

test("the owner's list ends one link, then all", async ({ page }) => {
  await makePicture(page, "en", "The first of two");
  const first = await shareNewest(page, nothingElse);
  await makePicture(page, "en", "The second of two");
  const second = await shareNewest(page, nothingElse);
  await page.goto("/settings");
  const row = page.getByTestId("share-row").filter({ hasText: "The second of two" });
  await row.getByRole("button", { name: t.share.revoke }).click();
  await expect(row).toHaveCount(0);
  expect((await visitor.request.get(second)).status()).toBe(404);
  expect((await visitor.request.get(first)).status()).toBe(200);
  await page.getByRole("button", { name: t.share.revokeAll }).click();
  await page.getByRole("dialog").getByRole("button", { name: t.share.revokeAll }).click();
  await expect(page.getByText(t.share.listEmpty)).toBeVisible();
  expect((await visitor.request.get(first)).status()).toBe(404);
});
