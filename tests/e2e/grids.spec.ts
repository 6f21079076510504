import fs from "node:fs";
import sharp from "sharp";
import { signIn, TEXTS, USERS } from "./story";
import { expect, test } from "./watched-test";

const t = TEXTS.en.image;
test.use({ locale: "en" });
test.describe.configure({ timeout: 120_000 });

test.beforeEach(async ({ page }) => {
  await signIn(page, "en", USERS.member);
  await page.goto("/images");
});

test("a grid within a budget: price first, cells made, the rest later, one picture of all, the winner back", async ({
  page,
}) => {
  const go = page.locator("form button[type=submit]");
  await page.locator("#image-prompt").fill("A grid of small boats");
  await page.getByRole("switch", { name: t.grid }).check();
  await expect(go).toBeDisabled();
  await page.locator("#grid-x").fill("1-3");
  await page.getByLabel(t.gridY, { exact: true }).selectOption({ label: t.axis.steps });
  await page.locator("#grid-y").fill("7, 900");
  await expect(page.getByTestId("verdict")).toContainText("Not above 100");
  await expect(go).toBeDisabled();
  await page.locator("#grid-y").fill("7, 9");
  await expect(go).toContainText("Make 6 cells ≈ 6 Magicubes");
  await page.locator("#grid-budget").fill("2");
  await expect(go).toContainText("Make 2 of 6 cells ≈ 2 Magicubes");
  await go.click();
  await expect(page).toHaveURL(/\/images\/grids\/grd_/);
  const cells = page.getByTestId("grid-cell");
  await expect(cells).toHaveCount(6);
  const done = page.locator("[data-testid=grid-cell][data-status=done]");
  await expect(done).toHaveCount(2, { timeout: 60_000 });
  await expect(page.getByRole("rowheader", { name: "7" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "3" })).toBeVisible();
  await page.reload();
  await page.locator("#fill-budget").fill("1");
  await page.getByRole("button", { name: /^Make 4 missing cells/ }).click();
  await expect(done).toHaveCount(3, { timeout: 60_000 });

  const kept = page.waitForEvent("download");
  await page.getByRole("button", { name: t.gridExport }).click();
  const file = await (await kept).path();
  const sheet = await sharp(fs.readFileSync(file)).metadata();
  expect(sheet).toMatchObject({ format: "png" });
  expect(sheet.width).toBeGreaterThan(3 * 320);
  expect(sheet.height).toBeGreaterThan(2 * 320);

  await cells.nth(1).click();
  await page.getByRole("link", { name: t.winner }).click();
  await expect(page).toHaveURL(/\/images$/); // what is made of the values is not asked for again
  await expect(page.locator("#image-prompt")).toHaveValue("A grid of small boats");
  await expect(page.locator("#image-seed")).toHaveValue("2");
  await page.getByRole("link", { name: t.gridOpen }).first().click();
  await expect(cells).toHaveCount(6);
});

test("one parameter of a picture is varied, its seed kept", async ({ page }) => {
  const first = page.getByTestId("image-card").first();
  await first.hover();
  await first.getByRole("button", { name: t.actions }).click();
  await page.getByRole("menuitem", { name: t.vary }).click();
  await expect(page.getByRole("switch", { name: t.grid })).toBeChecked();
  await expect(page.locator("#image-seed")).not.toHaveValue("");
  await expect(page.locator("#grid-x")).toBeEditable();
});
