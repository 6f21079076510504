import { expect, type Page } from "@playwright/test";
import sharp from "sharp";
import en from "../../messages/en.json" with { type: "json" };
import zh from "../../messages/zh.json" with { type: "json" };
import demo from "../../prisma/demo.json" with { type: "json" };

export type Language = "zh-CN" | "en";
export const TEXTS = { "zh-CN": zh, en } as const;
export const USERS = demo.users;

/** Signs in through the form. */
export async function signIn(
  page: Page,
  language: Language,
  user: { email: string; password: string },
): Promise<void> {
  const t = TEXTS[language].auth;
  await page.goto("/");
  await expect(page).toHaveURL(/\/sign-in$/);
  await page.getByLabel(t.email).fill(user.email);
  await page.getByLabel(t.password, { exact: true }).fill(user.password);
  await page.getByRole("button", { name: t.signIn }).click();
  await expect(page).toHaveURL(/\/chat$/);
}

/** Opens the catalogue and looks for a model. */
export async function searchModel(page: Page, language: Language, text: string): Promise<void> {
  const t = TEXTS[language].model;
  await page.getByRole("button", { name: new RegExp(`^${t.label} `) }).click();
  await page.getByRole("searchbox", { name: t.search }).fill(text);
}

/** Picks a model from the catalogue. */
export async function pickModel(page: Page, language: Language, id: string): Promise<void> {
  await searchModel(page, language, id);
  await page.locator(`[data-model="${id}"]`).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

/** Asks a question and waits for the end of its answer. */
export async function ask(page: Page, language: Language, question: string): Promise<void> {
  const t = TEXTS[language];
  const complete = page.getByTestId("readout").filter({ hasText: t.readout.status.complete });
  const before = await complete.count();
  await page.getByLabel(t.chat.message).fill(question);
  await page.keyboard.press("Enter");
  await expect(complete).toHaveCount(before + 1);
}

/** Orders a picture and waits until it is there. */
export async function makePicture(page: Page, language: Language, prompt: string): Promise<void> {
  const t = TEXTS[language].image;
  const cards = page.getByTestId("image-card");
  await page.getByLabel(new RegExp(`^${t.prompt}`)).fill(prompt);
  const before = await cards.count();
  await page
    .getByRole("button", { name: new RegExp(`^${t.generateMany.replace("{count}", "1")}`) })
    .click();
  await expect(cards).toHaveCount(before + 1);
  await expect(cards.first()).toHaveAttribute("data-status", "done", { timeout: 45_000 });
  await expect(page.getByRole("img", { name: prompt })).toBeVisible();
}

/** A number of the usage page. */
export async function usageNumber(
  page: Page,
  name: "calls" | "images" | "tokens-out",
): Promise<number> {
  const text = await page.getByTestId(`usage-${name}`).textContent();
  return Number(text?.replaceAll(",", ""));
}

/** Adds a small picture to the next question, and waits until it is there. */
export async function attachPicture(page: Page, language: Language, count = 1): Promise<void> {
  const t = TEXTS[language].chat;
  const create = { width: 40, height: 30, channels: 3, background: "#357" } as const;
  const buffer = await sharp({ create }).png().toBuffer();
  const file = { name: "small.png", mimeType: "image/png", buffer };
  await expect(page.getByLabel(t.message)).toBeEditable(); // before that nobody listens
  await page.locator("input[type=file][multiple]").setInputFiles(Array(count).fill(file));
  const row = page.getByRole("list", { name: t.attachments });
  await expect(row).toContainText("40×30");
  await expect(row).not.toContainText(t.uploading);
}
