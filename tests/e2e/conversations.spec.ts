import type { Page } from "@playwright/test";
import type { Conversation } from "@/lib/shared/schemas/conversation";
import { ask, signIn, TEXTS, USERS } from "./story";
import { expect, test } from "./watched-test";

const t = TEXTS.en;
test.use({ locale: "en" });

const answers = (page: Page) => page.locator("[data-role=assistant]");

test.beforeEach(async ({ page }) => {
  await signIn(page, "en", USERS.member);
});

test("the list: found by text, renamed, pinned, exported, imported, deleted and taken back", async ({
  page,
}) => {
  await ask(page, "en", "Zanzibar and its lanes");
  const list = page.getByRole("complementary").first();
  await page.getByRole("searchbox", { name: t.chat.list.search }).fill("zanzibar");
  const row = list.getByRole("listitem").filter({ hasText: "Zanzibar" });
  await expect(row).toHaveCount(1);
  const act = async (name: string) => {
    await row.hover();
    await row.getByRole("button").click();
    await page.getByRole("menuitem", { name, exact: true }).click();
  };
  await act(t.chat.list.rename);
  await page.getByRole("textbox", { name: t.chat.list.rename }).fill("Zanzibar, renamed");
  await page.keyboard.press("Enter");
  await expect(row).toContainText("Zanzibar, renamed");
  await act(t.chat.list.pin);
  const download = page.waitForEvent("download");
  await act(t.chat.list.exportJson);
  const path = await (await download).path();
  await page.locator('input[type=file][accept*=".json"]').setInputFiles(path);
  await expect(row).toHaveCount(2);
  await row.first().hover();
  await row.first().getByRole("button").click();
  await page.getByRole("menuitem", { name: t.chat.list.delete }).click();
  await expect(row).toHaveCount(1);
  await page.getByRole("button", { name: t.common.undo }).click();
  await expect(row).toHaveCount(2);
  await page.getByRole("searchbox", { name: t.chat.list.search }).fill("");
  await expect(list.getByRole("region", { name: t.chat.list.group.pinned })).toContainText(
    "Zanzibar, renamed",
  );
});

test("a link leads to one message of a long conversation", async ({ page }) => {
  const messages = Array.from({ length: 300 }, (_unused, index) => ({
    role: index % 2 === 0 ? "user" : "assistant",
    content: `Message number ${index}.\n\n${"A line of it. ".repeat(20)}`,
  }));
  const headers = { origin: new URL(page.url()).origin, "content-type": "application/json" };
  const data = JSON.stringify({ title: "Long", messages });
  const made = await page.request.post("/api/conversations/import", { data, headers });
  const { id }: Conversation = await made.json();
  await page.goto(`/chat/${id}`);
  await expect(page.getByText("Message number 299.")).toBeInViewport();
  await expect(page.getByText("Message number 100.")).toHaveCount(0);
  // The second page from the end has the message.
  const last: Conversation = await (await page.request.get(`/api/conversations/${id}`)).json();
  const around: Conversation = await (
    await page.request.get(`/api/conversations/${id}?before=${last.messages[0]?.id}`)
  ).json();
  const target = around.messages.find(({ text }) => text.startsWith("Message number 250."));
  await page.goto(`/chat/${id}?m=${target?.id}`);
  await expect(page.getByText("Message number 250.")).toBeInViewport();
  // Reading on upwards brings the earlier ones, and does not jump.
  await page.getByText("Message number 250.").hover();
  for (let times = 0; times < 40; times += 1) await page.mouse.wheel(0, -1_500);
  await expect(page.getByText("Message number 150.")).toHaveCount(1);
});

test("a search leads to a message of the conversation that is open", async ({ page }) => {
  const messages = Array.from({ length: 120 }, (_unused, index) => ({
    role: index % 2 === 0 ? "user" : "assistant",
    content: index === 8 ? "The quokka is here." : `Line ${index}.\n\n${"More of it. ".repeat(20)}`,
  }));
  const headers = { origin: new URL(page.url()).origin, "content-type": "application/json" };
  const data = JSON.stringify({ title: "Open and long", messages });
  const made = await page.request.post("/api/conversations/import", { data, headers });
  const { id }: Conversation = await made.json();
  await page.goto(`/chat/${id}`);
  await expect(page.getByText("Line 119.")).toBeInViewport();
  await page.getByRole("searchbox", { name: t.chat.list.search }).fill("quokka");
  await page.getByRole("link", { name: /quokka/ }).click();
  await expect(page.getByRole("log").getByText("The quokka is here.")).toBeInViewport();
});

test("on a phone: renamed, deleted, and taken back", async ({ page }) => {
  await ask(page, "en", "Wombats on phones");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("button", { name: t.chat.list.open }).click();
  const row = page.getByRole("listitem").filter({ hasText: "Wombats" });
  const act = async (name: string) => {
    await row.getByRole("button").click();
    await page.getByRole("menuitem", { name, exact: true }).click();
  };
  await act(t.chat.list.rename);
  await page.getByRole("textbox", { name: t.chat.list.rename }).fill("Wombats, renamed");
  await page.keyboard.press("Enter");
  await expect(row).toContainText("Wombats, renamed");
  const deletes: string[] = [];
  page.on("request", (request) => {
    if (request.method() === "DELETE") deletes.push(request.url());
  });
  await act(t.chat.list.delete);
  await expect(page).toHaveURL(/\/chat$/);
  await page.getByRole("button", { name: t.common.undo }).click();
  await expect(answers(page)).toContainText("Wombats");
  await page.waitForTimeout(5_500);
  expect(deletes).toEqual([]);
});

test("presets: kept, picked again, and shared with the team", async ({
  page,
  browser,
  baseURL,
}) => {
  await page.getByLabel(new RegExp(`^${t.param.systemPrompt}`)).fill("Answer in rhymes.");
  await page.getByRole("button", { name: t.preset.title }).click();
  const name = `Rhymes ${Date.now()}`;
  await page.getByLabel(t.preset.saveAs).fill(name);
  const dialog = page.getByRole("dialog", { name: t.preset.title });
  await dialog.getByRole("switch", { name: t.preset.shared }).check();
  await dialog.getByRole("button", { name: t.preset.save, exact: true }).click();
  await expect(dialog.getByRole("button", { name: new RegExp(`^${name}`) })).toBeVisible();
  const other = await (
    await browser.newContext({ locale: "en", ...(baseURL && { baseURL }) })
  ).newPage();
  await signIn(other, "en", USERS.administrator);
  await other.getByRole("button", { name: t.preset.title }).click();
  await other.getByRole("button", { name: new RegExp(`^${name}`) }).click();
  await expect(other.getByLabel(new RegExp(`^${t.param.systemPrompt}`))).toHaveValue(
    "Answer in rhymes.",
  );
  await other.context().close();
});
