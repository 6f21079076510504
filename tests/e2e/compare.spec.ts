import type { Page } from "@playwright/test";
import { attachPicture, signIn, TEXTS, USERS } from "./story";
import { expect, test } from "./watched-test";

const t = TEXTS.en;
test.use({ locale: "en" });

const box = (page: Page) => page.getByLabel(t.chat.message);
const answers = (page: Page) => page.locator("[data-role=assistant]");

test.beforeEach(async ({ page }) => {
  await signIn(page, "en", USERS.member);
});

test("the same model twice, in line, survives a reload, and one is kept", async ({ page }) => {
  const model = encodeURIComponent("Qwen/Qwen3.5-27B");
  await page.goto(`/compare?m=${model}&m=${model}`);
  await box(page).fill("Which is it?");
  await page.keyboard.press("Enter");
  const columns = page.getByTestId("compare-column");
  await expect(columns.nth(1)).toContainText(/In line, 1 call before it/);
  await page.reload();
  await expect(columns).toHaveCount(2);
  for (const index of [0, 1]) {
    await expect(columns.nth(index).getByTestId("readout")).toContainText(
      t.readout.status.complete,
    );
    await expect(columns.nth(index).locator("[data-role=user]")).toContainText("Which is it?");
  }
  const titles = async () =>
    (await (await page.request.get("/api/conversations")).json()).conversations.map(
      (row: { title: string }) => row.title,
    );
  expect(await titles()).not.toContain("Which is it?");
  await columns.nth(1).getByRole("button", { name: t.compare.keep }).click();
  await expect(page).toHaveURL(/\/chat\/cnv_/);
  await expect(answers(page)).toContainText("Which is it?");
  await expect.poll(titles).toContain("Which is it?");
});

test("one question to one column, and a picture to all", async ({ page }) => {
  const model = encodeURIComponent("Qwen/Qwen3.5-35B-A3B");
  await page.goto(`/compare?m=${model}&m=${model}`);
  const columns = page.getByTestId("compare-column");
  const questions = (index: number) => columns.nth(index).locator("[data-role=user]");
  const done = (index: number) =>
    columns.nth(index).getByTestId("readout").filter({ hasText: t.readout.status.complete });
  await attachPicture(page, "en");
  await box(page).fill("What is it, all?");
  await page.getByRole("button", { name: t.compare.sendAll }).click();
  for (const index of [0, 1]) {
    await expect(done(index)).toHaveCount(1);
    await expect(columns.nth(index).locator("[data-role=assistant]")).toContainText("1 picture");
    await expect(questions(index).locator("img")).toHaveCount(1);
  }
  await page.getByRole("radio", { name: "2", exact: true }).check({ force: true });
  await box(page).fill("And you alone?");
  await page.getByRole("button", { name: "Send to column 2" }).click();
  await expect(done(1)).toHaveCount(2);
  await expect(questions(1).last()).toContainText("And you alone?");
  await expect(questions(0)).toHaveCount(1);
  // Columns that were not kept are found by their text, and by the way back.
  await page.goto("/chat");
  await page.getByRole("searchbox", { name: t.chat.list.search }).fill("you alone");
  await expect(page.getByRole("link", { name: /And you alone/ })).toHaveCount(1);
  await page.goto("/compare");
  await page.getByRole("link", { name: t.compare.goOn }).click();
  await expect(questions(1)).toHaveCount(2);
});
