import { type Page, test as plainTest } from "@playwright/test";
import { ask, attachPicture, signIn, TEXTS, USERS } from "./story";
import { expect, test } from "./watched-test";

const t = TEXTS.en;
test.use({ locale: "en" });
plainTest.use({ locale: "en" });

const box = (page: Page) => page.getByLabel(t.chat.message);
const complete = (page: Page) =>
  page.getByTestId("readout").filter({ hasText: t.readout.status.complete });

test.beforeEach(async ({ page }) => {
  await signIn(page, "en", USERS.member);
});

test("two tabs that ask at once keep their questions, and see each other's as a version", async ({
  page,
  context,
}) => {
  await ask(page, "en", "The beginning of both");
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(complete(other)).toHaveCount(1);
  await box(page).fill("From the first tab");
  await box(other).fill("From the second tab");
  await Promise.all([page.keyboard.press("Enter"), other.keyboard.press("Enter")]);
  for (const [tab, own] of [
    [page, "From the first tab"],
    [other, "From the second tab"],
  ] as const) {
    await expect(complete(tab)).toHaveCount(2, { timeout: 30_000 });
    const question = tab.locator("[data-role=user]").filter({ hasText: own });
    await expect(question).toContainText(/[12]\s*\/\s*2/);
    await expect(question).toBeVisible();
    const row = tab
      .getByRole("complementary")
      .first()
      .getByRole("listitem")
      .filter({ hasText: "The beginning of both" })
      .first();
    await expect(row).toContainText(/\d\d:\d\d/, { timeout: 15_000 });
  }
});

// It is asked for once more, and not found.
plainTest(
  "a conversation that another tab deleted leaves the list, and asking in it leads on",
  async ({ page, context }) => {
    plainTest.setTimeout(60_000);
    await ask(page, "en", "To be deleted elsewhere");
    const other = await context.newPage();
    await other.goto("/chat");
    const row = (tab: Page) =>
      tab.getByRole("listitem").filter({ hasText: "To be deleted elsewhere" }).first();
    await expect(row(other)).toBeVisible();
    const count = await other.getByRole("listitem").filter({ hasText: "To be deleted" }).count();
    await row(other).hover();
    await row(other).getByRole("button").click();
    await other.getByRole("menuitem", { name: t.chat.list.delete }).click();
    await expect(page.getByRole("listitem").filter({ hasText: "To be deleted" })).toHaveCount(
      count - 1,
      { timeout: 15_000 },
    );
    await box(page).fill("Anybody there?");
    await page.keyboard.press("Enter");
    await expect(page.getByText(t.errors.not_found)).toBeVisible();
    await expect(box(page)).toHaveValue("Anybody there?");
    await page.locator("main").getByRole("link", { name: t.chat.list.new }).click();
    await expect(page).toHaveURL(/\/chat$/);
  },
);

test("what is no number is a fault, in the box where it was typed, and nothing is sent", async ({
  page,
}) => {
  const temperature = page.locator("#param-temperature");
  await temperature.pressSequentially("1e");
  await expect(page.getByText("A number is needed")).toBeVisible();
  await box(page).fill("Hello");
  await expect(page.getByRole("button", { name: t.chat.send, exact: true })).toBeDisabled();
  await temperature.fill("");
  const seed = page.locator("#param-seed");
  await seed.fill("-1.5");
  await expect(seed).toHaveValue("-1.5");
  await expect(page.getByText("A number is needed")).toBeVisible();
  await page.getByRole("button", { name: t.chat.showParameter }).click();
  await expect(seed).toBeFocused();
  await seed.fill("15");
  await expect(page.getByRole("button", { name: t.chat.send, exact: true })).toBeEnabled();
});

test("a file that is no picture is refused aloud, the pictures beside it are taken", async ({
  page,
}) => {
  const file = { name: "a.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-") };
  await expect(box(page)).toBeEditable(); // before that nobody listens
  await page.locator("input[type=file][multiple]").setInputFiles(file);
  await expect(page.getByText(t.chat.onlyPictures)).toBeVisible();
  await attachPicture(page, "en");
  await expect(page.getByText(t.chat.onlyPictures)).toHaveCount(0);
  await attachPicture(page, "en", 8);
  await expect(page.getByText("Only 8 pictures fit; the rest was left out.")).toBeVisible();
  await expect(page.getByRole("list", { name: t.chat.attachments }).locator("li")).toHaveCount(8);
});
