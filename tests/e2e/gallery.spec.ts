import type { Page } from "@playwright/test";
import { makePicture, signIn, TEXTS, USERS } from "./story";
import { expect, test } from "./watched-test";

const t = TEXTS.en.image;
test.use({ locale: "en" });
test.describe.configure({ timeout: 120_000 });

const cards = (page: Page) => page.getByTestId("image-card");
const prompt = (page: Page) => page.locator("#image-prompt");

test.beforeEach(async ({ page }) => {
  await signIn(page, "en", USERS.member);
  await page.goto("/images");
});

test("the viewer goes from picture to picture by keys", async ({ page }) => {
  await page.locator("[data-status=done] a[href^='/images/']").first().click();
  await expect(page).toHaveURL(/\/images\/img_/);
  const first = page.url();
  await expect(page.getByRole("link", { name: t.older })).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(page).not.toHaveURL(first);
  await expect(page.getByRole("link", { name: t.newer })).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await expect(page).toHaveURL(first);
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/\/images$/);
});

test("the gallery is found as it was left, and the viewer goes through what it showed", async ({
  page,
}) => {
  await makePicture(page, "en", "An egret in the reeds");
  await makePicture(page, "en", "A kite over the dunes");
  await page.goto("/usage");
  await page.getByRole("link", { name: TEXTS.en.nav.images }).first().click();
  const search = page.getByRole("searchbox", { name: t.search });
  await search.fill("egret");
  await expect(cards(page)).toHaveCount(1);
  const egret = page.getByRole("link", { name: "An egret in the reeds" });
  await egret.click();
  await expect(page.getByRole("heading", { name: "An egret in the reeds" })).toBeVisible();
  await expect(page.getByRole("link", { name: t.newer })).toHaveCount(0);
  await page.keyboard.press("Escape");
  await expect(search).toHaveValue("egret");
  // The viewer is no place to go back to.
  await page.goBack();
  await expect(page).toHaveURL(/\/usage$/);
  await page.goForward();
  await expect(search).toHaveValue("egret");
  await egret.click();
  await page.getByRole("button", { name: t.delete }).click();
  await page.getByRole("dialog").getByRole("button", { name: t.delete }).click();
  await expect(page).toHaveURL(/\/images$/);
  await expect(search).toHaveValue("egret");
  await expect(cards(page)).toHaveCount(0);

  await search.fill("");
  await page.setViewportSize({ width: 390, height: 600 });
  const link = page.locator("[data-status=done] a[href^='/images/']").last();
  await link.focus(); // scrolls to it, and Enter does not scroll again
  const placeOf = async () => (await link.boundingBox())?.y ?? 0;
  const place = await placeOf();
  await link.press("Enter");
  await expect(page.getByRole("link", { name: t.newer })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/\/images$/);
  await expect.poll(async () => Math.abs((await placeOf()) - place)).toBeLessThan(8);
  await expect(cards(page).first()).toContainText("A kite over the dunes");
});

test("what is made of given values survives a reload, and what was deleted does not", async ({
  page,
  faults,
}) => {
  await makePicture(page, "en", "A pier at dusk");
  await page.getByRole("link", { name: "A pier at dusk" }).first().click();
  await page.getByRole("link", { name: t.winner }).click();
  await expect(prompt(page)).toHaveValue("A pier at dusk");
  await prompt(page).fill("A pier at dawn");
  await page.reload();
  await expect(prompt(page)).toHaveValue("A pier at dawn");
  const pier = cards(page).filter({ hasText: "A pier at dusk" });
  await pier.hover();
  await pier.getByRole("button", { name: t.actions }).click();
  await page.getByRole("menuitem", { name: t.delete }).click();
  await expect(pier).toHaveCount(0);
  await page.reload(); // before the time for taking it back is over
  await expect(page.getByRole("button", { name: t.chooseSeveral })).toBeVisible();
  await expect(pier).toHaveCount(0);
  for (const fault of faults.splice(0)) expect(fault).toContain("404");
});
