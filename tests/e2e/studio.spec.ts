import type { Page } from "@playwright/test";
import { makePicture, signIn, TEXTS, USERS } from "./story";
import { expect, test } from "./watched-test";

const t = TEXTS.en.image;
test.use({ locale: "en" });
test.describe.configure({ timeout: 120_000 });

const cards = (page: Page) => page.getByTestId("image-card");
const prompt = (page: Page) => page.locator("#image-prompt");
const submit = (page: Page) => page.locator("form button[type=submit]");
const choose = (page: Page, name: string) =>
  page.getByRole("radio", { name, exact: true }).check({ force: true });

test.beforeEach(async ({ page }) => {
  await signIn(page, "en", USERS.member);
  await page.goto("/images");
});

test("several pictures of one click: one after the other, the rest cancelled", async ({ page }) => {
  await prompt(page).fill("Four small boats");
  await page.locator("#image-seed").fill("2147483647");
  await choose(page, "4");
  await expect(submit(page)).toContainText("Generate 4");
  await submit(page).click();
  const batch = page.getByRole("region", { name: "Four small boats" });
  const own = batch.getByTestId("image-card");
  await expect(own).toHaveCount(4);
  await expect(own.nth(2)).toContainText("No. 2 in line");
  for (const [index, seed] of ["2147483647", "0", "1", "2"].entries()) {
    await expect(own.nth(index)).toContainText(`seed ${seed}`);
  }
  await page.reload();
  await expect(own).toHaveCount(4);
  await batch.getByRole("button", { name: t.cancelRest }).click();
  await expect(own.last()).toHaveAttribute("data-status", "cancelled");
  await expect(own.first()).toHaveAttribute("data-status", "done", { timeout: 30_000 });
  await expect(batch).toContainText("1 of 4");
});

test("a favourite is found, several are deleted together and taken back", async ({ page }) => {
  await makePicture(page, "en", "A lonely 100% lighthouse");
  const first = cards(page).first();
  await first.hover();
  await first.getByRole("button", { name: t.actions }).click();
  await page.getByRole("menuitem", { name: t.favour }).click();
  await page.getByText(/^Favourites/).click();
  await expect(cards(page)).toHaveCount(1);
  await page.getByText(/^All \d/).click();
  await page.getByRole("searchbox", { name: t.search }).fill("100%");
  await expect(cards(page)).toHaveCount(1);
  await page.getByRole("searchbox", { name: t.search }).fill("nothing like it");
  await expect(page.getByText(t.nothingFound)).toBeVisible();
  await page.getByRole("searchbox", { name: t.search }).fill("");
  await expect(cards(page).nth(1)).toBeVisible();
  const count = await cards(page).count();
  await page.getByRole("button", { name: t.chooseSeveral }).click();
  for (const index of [0, 1]) {
    await cards(page)
      .nth(index)
      .getByRole("button", { name: /^Choose/ })
      .click();
  }
  const bar = page.getByRole("toolbar");
  await expect(bar).toContainText("2 chosen");
  await bar.getByRole("button", { name: t.compareTwo }).click();
  const needle = page.getByRole("slider", { name: t.compareNeedle });
  await expect(needle).toHaveValue("50");
  await needle.press("ArrowLeft");
  await expect(needle).toHaveValue("49");
  await expect(page.getByRole("dialog").getByRole("rowheader", { name: "Seed" })).toBeVisible();
  await page.getByRole("button", { name: TEXTS.en.common.close }).click();
  await bar.getByRole("button", { name: t.delete }).click();
  await expect(cards(page)).toHaveCount(count - 2);
  await page.getByRole("button", { name: TEXTS.en.common.undo }).click();
  await expect(cards(page)).toHaveCount(count);
});

test("its values come back with the same seed or a new one, and it can be edited", async ({
  page,
}) => {
  await choose(page, t.t2i);
  await page.getByRole("button", { name: "4:3" }).click();
  await makePicture(page, "en", "A boat to be changed");
  await page.reload();
  const first = cards(page).first();
  const seed = (await first.textContent())?.match(/seed (\d+)/)?.[1] ?? "";
  const act = async (name: string) => {
    await first.hover();
    await first.getByRole("button", { name }).click();
  };
  await act(t.sameSeed);
  await expect(page.locator("#image-seed")).toHaveValue(seed);
  await expect(prompt(page)).toHaveValue("A boat to be changed");
  await expect(page.getByRole("button", { name: "4:3" })).toHaveAttribute("aria-pressed", "true");
  await act(t.newSeed);
  await expect(page.locator("#image-seed")).toHaveValue("");
  await act(t.actions);
  await page.getByRole("menuitem", { name: t.editThis }).click();
  await expect(page.getByRole("radio", { name: t.edit, exact: true })).toBeChecked();
  const inputs = page.getByRole("list", { name: TEXTS.en.chat.attachments });
  await expect(inputs).toContainText(/\d+×\d+/);
  await expect(inputs).not.toContainText(TEXTS.en.chat.uploading);
  await prompt(page).fill("Make it red");
  await submit(page).click();
  await expect(first).toContainText("Make it red");
  await expect(first).toHaveAttribute("data-status", "done", { timeout: 60_000 });
});

test("what would fail is said before the click, and nothing is sent", async ({ page }) => {
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/api/images")) sent.push("sent");
  });
  await expect(page.getByTestId("verdict")).toContainText(t.promptMissing);
  await prompt(page).fill("A boat");
  await expect(page.getByTestId("verdict")).toContainText(t.ok);
  const negative = page.getByLabel(t.negativePrompt);
  await negative.fill("rain");
  const list = page.getByRole("button", { name: t.negativeName.text, exact: true });
  await list.click();
  await expect(negative).toHaveValue(`rain, ${t.negative.text}`);
  await list.click();
  await expect(negative).toHaveValue("rain");
  await page.getByRole("textbox", { name: t.width, exact: true }).fill("9999");
  await page.getByRole("textbox", { name: t.height, exact: true }).fill("512");
  await expect(submit(page)).toBeDisabled();
  await page.getByRole("button", { name: t.reset }).click();
  await expect(submit(page)).toBeEnabled();
  await choose(page, t.edit);
  await expect(page.getByTestId("verdict")).toContainText(t.inputsMissing);
  await expect(submit(page)).toBeDisabled();
  expect(sent).toEqual([]);
});

test("what is written is kept over a reload and a look at a picture; signing in leads back to it", async ({
  page,
  faults,
}) => {
  await prompt(page).fill("A draft of a heron");
  await page.locator("#image-seed").fill("12");
  await cards(page).first().getByRole("link").first().click();
  await expect(page).toHaveURL(/\/images\/img_/);
  await page.goBack();
  await expect(prompt(page)).toHaveValue("A draft of a heron");
  await page.reload();
  await expect(prompt(page)).toHaveValue("A draft of a heron");
  await expect(page.locator("#image-seed")).toHaveValue("12");
  await page.context().clearCookies();
  await submit(page).click();
  await page.getByRole("button", { name: TEXTS.en.auth.signIn }).click();
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fimages$/);
  for (const fault of faults.splice(0)) expect(fault).toContain("401");
});

test("LoRAs share their weights so that they sum to 1", async ({ page }) => {
  const box = page.getByLabel(t.loraId);
  for (const id of ["owner/one", "owner/two", "owner/three"]) {
    await box.fill(id);
    await box.press("Enter");
  }
  const weights = () =>
    page
      .locator("input[id^=image-lora-]:not([type=range])")
      .evaluateAll((boxes) => boxes.map((one) => Number((one as HTMLInputElement).value)));
  expect((await weights()).filter((weight) => weight > 0)).toEqual([0.34, 0.33, 0.33]);
  await box.fill("no owner");
  await expect(page.getByText(t.loraWrong)).toBeVisible();
  await box.fill("owner/one");
  await expect(page.getByText(t.loraTwice)).toBeVisible();
  await box.fill("");
  await prompt(page).fill("A boat of three");
  await submit(page).click();
  await expect(cards(page).first()).toContainText("A boat of three");
  await expect(cards(page).first()).toHaveAttribute("data-status", "done", { timeout: 30_000 });
});

test("help with the prompt is shown before it is used", async ({ page }) => {
  await prompt(page).fill("水墨远山");
  await page.getByRole("button", { name: new RegExp(`^${t.help.translate}`) }).click();
  await expect(page.getByText(/^Written by /)).toBeVisible({ timeout: 30_000 });
  await expect(prompt(page)).toHaveValue("水墨远山");
  await page.getByRole("button", { name: t.help.use }).click();
  await expect(prompt(page)).not.toHaveValue("水墨远山");
  await expect(page.getByText(/^Written by /)).toHaveCount(0);
});

test("a picture kept with its recipe fills the form again, after asking", async ({ page }) => {
  await makePicture(page, "en", "A boat with a recipe");
  await page.getByRole("link", { name: "A boat with a recipe" }).first().click();
  await page.getByRole("button", { name: t.download }).click();
  const dialog = page.getByRole("dialog", { name: t.download });
  await dialog.getByRole("radio", { name: "WEBP" }).check({ force: true });
  await dialog.getByRole("switch", { name: t.withRecipe }).check({ force: true });
  const download = page.waitForEvent("download");
  await dialog.getByRole("link", { name: t.download }).click();
  const path = await (await download).path();
  await page.goto("/images");
  await expect(submit(page)).toBeEnabled(); // before that nobody listens
  await prompt(page).fill("Something else");
  await page.locator(`input[type=file][aria-label="${t.readRecipe}"]`).setInputFiles(path);
  const recipe = page.getByRole("dialog", { name: t.readRecipe });
  await expect(recipe).toContainText("A boat with a recipe");
  await recipe.getByRole("button", { name: t.cancel }).click();
  await expect(prompt(page)).toHaveValue("Something else");
  await page.locator(`input[type=file][aria-label="${t.readRecipe}"]`).setInputFiles(path);
  await recipe.getByRole("button", { name: t.recipeUse }).click();
  await expect(prompt(page)).toHaveValue("A boat with a recipe");
  await expect(page.locator("#image-seed")).toHaveValue(/^\d+$/);
  const nothing = { name: "none.png", mimeType: "image/png", buffer: Buffer.from("no picture") };
  await page.locator(`input[type=file][aria-label="${t.readRecipe}"]`).setInputFiles(nothing);
  await expect(page.getByText(t.recipeNone)).toBeVisible();
});
