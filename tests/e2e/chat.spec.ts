import type { Page } from "@playwright/test";
import type { Conversation } from "@/lib/shared/schemas/conversation";
import { ask, pickModel, signIn, TEXTS, USERS } from "./story";
import { expect, test } from "./watched-test";

const t = TEXTS.en;
test.use({ locale: "en" });

const box = (page: Page) => page.getByLabel(t.chat.message);
const answers = (page: Page) => page.locator("[data-role=assistant]");
const readouts = (page: Page) => page.getByTestId("readout");

async function write(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await page.keyboard.press("Enter");
}

/** What the server has of the conversation in view. */
async function stored(page: Page): Promise<Conversation> {
  const id = new URL(page.url()).pathname.split("/").at(-1);
  return (await page.request.get(`/api/conversations/${id}`)).json();
}

/** Words of an answer as they are shown, and as they are stored: the same, each once. */
async function expectExact(page: Page): Promise<void> {
  await expect(readouts(page).last()).toContainText(t.readout.status.complete);
  const { messages } = await stored(page);
  const words = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, "");
  const shown = (await answers(page).last().locator(".prose-answer").textContent()) ?? "";
  const text = messages.at(-1)?.text ?? "";
  // Markdown's own marks, numbers of lists and the name of the code's language are not text.
  const plain = text.replace(/```\w+/g, "").replace(/^\d+\. /gm, "");
  expect(words(shown).replace(/typescript/, "")).toBe(words(plain));
  await expect(answers(page)).toHaveCount(
    messages.filter(({ role }) => role === "assistant").length,
  );
}

/** Ledger rows that were opened since. */
async function countCalls(page: Page, since: Date): Promise<number> {
  const { calls } = await (await page.request.get("/api/usage/calls")).json();
  return calls.filter((row: { startedAt: string }) => new Date(row.startedAt) >= since).length;
}

test.beforeEach(async ({ page }) => {
  await signIn(page, "en", USERS.member);
});

test("a reload at a third of the answer loses nothing and asks nothing twice", async ({ page }) => {
  const startedAt = new Date();
  await write(page, "Hello");
  await expect(answers(page)).toContainText("Hello");
  await expect(page).toHaveURL(/\/chat\/cnv_/);
  await page.reload();
  await expectExact(page);
  await page.reload();
  await expectExact(page);
  expect(await countCalls(page, startedAt)).toBe(1);
});

test("a second tab and another browser show the same answer while it is written", async ({
  page,
  browser,
  baseURL,
}) => {
  await write(page, "Hello");
  await expect(page).toHaveURL(/\/chat\/cnv_/);
  const tab = await page.context().newPage();
  const elsewhere = await browser.newContext({ locale: "en", ...(baseURL && { baseURL }) });
  const other = await elsewhere.newPage();
  await Promise.all([tab.goto(page.url()), signIn(other, "en", USERS.member)]);
  await other.goto(page.url());
  for (const view of [page, tab, other]) await expectExact(view);
  // What one tab asks next the other shows, without a reload.
  await ask(page, "en", "And then?");
  await expect(tab.locator("[data-role=user]")).toHaveCount(2);
  await expectExact(tab);
  await elsewhere.close();
});

test("Stop works after a reload, and on the first moment", async ({ page }) => {
  await pickModel(page, "en", "simulator/endless");
  await write(page, "Hello");
  await expect(answers(page)).toContainText("simulator");
  await page.reload();
  await expect(answers(page)).toContainText("simulator");
  await page.getByRole("button", { name: t.chat.stop }).click();
  await expect(readouts(page)).toContainText(t.readout.status.stopped);
  await page.goto("/chat");
  await pickModel(page, "en", "simulator/stall-headers");
  await write(page, "Hello");
  await page.getByRole("button", { name: t.chat.stop }).click();
  await expect(readouts(page)).toContainText(t.readout.status.stopped);
});

test("an answer regenerated and a question edited keep every version", async ({ page }) => {
  await ask(page, "en", "One");
  await page.getByRole("button", { name: t.chat.regenerate }).click();
  await expect(page.getByText("2/2", { exact: true })).toBeVisible();
  await expect(readouts(page)).toContainText(t.readout.status.complete);
  await page.getByRole("button", { name: t.chat.earlierVersion }).click();
  await expect(page.getByText("1/2", { exact: true })).toBeVisible();
  await page.locator("[data-role=user]").hover();
  await page.getByRole("button", { name: t.chat.edit, exact: true }).click();
  await page.getByRole("textbox", { name: t.chat.edit, exact: true }).fill("Uno");
  await page.getByRole("button", { name: t.chat.sendEdit }).click();
  await expect(answers(page)).toContainText("Uno");
  await expect(readouts(page)).toContainText(t.readout.status.complete);
  await page.reload();
  await expect(page.locator("[data-role=user]")).toContainText("Uno");
  await page.locator("[data-role=user]").hover();
  await page.getByRole("button", { name: t.chat.earlierVersion }).first().click();
  await expect(page.locator("[data-role=user]")).toContainText("One");
  // Of its two answers the newest is shown.
  await expect(page.getByText("1/2", { exact: true })).toBeVisible();
  await expect(page.getByText("2/2", { exact: true })).toBeVisible();
});

test("a draft survives a reload, ↑ brings the last question back, and what is queued is sent", async ({
  page,
}) => {
  await box(page).fill("half a thought");
  await page.reload();
  await expect(box(page)).toHaveValue("half a thought");
  await page.keyboard.press("Enter");
  await expect(answers(page)).toHaveCount(1);
  await write(page, "queued while it writes");
  await expect(page.getByRole("list", { name: t.chat.queued })).toContainText("queued while");
  await expect(answers(page)).toHaveCount(2);
  await expect(readouts(page).filter({ hasText: t.readout.status.complete })).toHaveCount(2);
  await page.keyboard.press("ArrowUp");
  await expect(box(page)).toHaveValue("queued while it writes");
});

test("an input method's Enter and Escape are its own", async ({ page }) => {
  await box(page).fill("nihao");
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/api/chat")) sent.push(request.url());
  });
  const press = (key: string, init: object) =>
    box(page).evaluate(
      (element, [name, options]) =>
        element.dispatchEvent(
          new KeyboardEvent("keydown", {
            key: name as string,
            bubbles: true,
            ...(options as object),
          }),
        ),
      [key, init] as const,
    );
  // Chrome and Firefox say so in the event; Safari ends the composition before its Enter.
  await press("Enter", { isComposing: true });
  await press("Enter", { keyCode: 229 });
  await box(page).evaluate((element) => {
    element.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
    element.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
    element.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  });
  expect(sent).toEqual([]);
  await expect(box(page)).toHaveValue("nihao");
  await page.keyboard.press("Enter");
  await expect(answers(page)).toHaveCount(1);
  expect(sent).toHaveLength(1);
});

test("functions that a model asks for are answered by hand", async ({ page }) => {
  await page.getByLabel(new RegExp(`^${t.param.tools}`)).fill('[{"name": "get_weather"}]');
  await write(page, "Weather?");
  await expect(page.getByRole("heading", { name: t.chat.toolCalls })).toBeVisible();
  await page.getByRole("textbox", { name: /get_weather/ }).fill('{"celsius": 21}');
  await page.getByRole("button", { name: t.chat.sendResults }).click();
  await expect(page.getByRole("heading", { name: t.chat.toolResults })).toBeVisible();
  await expect(readouts(page).filter({ hasText: t.readout.status.complete })).toHaveCount(2);
});
