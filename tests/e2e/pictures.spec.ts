import type { Page } from "@playwright/test";
import sharp from "sharp";
import { ask, attachPicture, makePicture, pickModel, signIn, TEXTS, USERS } from "./story";
import { expect, test } from "./watched-test";

const t = TEXTS.en;
test.use({ locale: "en" });

const box = (page: Page) => page.getByLabel(t.chat.message);
const answers = (page: Page) => page.locator("[data-role=assistant]");
const row = (page: Page) => page.getByRole("list", { name: t.chat.attachments });

test.beforeEach(async ({ page }) => {
  await signIn(page, "en", USERS.member);
});

test("what is queued has its own pictures, and survives a reload", async ({ page }) => {
  await box(page).fill("At length");
  await page.keyboard.press("Enter");
  await attachPicture(page, "en");
  await box(page).fill("What is in this?");
  await page.keyboard.press("Enter");
  const queued = page.getByRole("list", { name: t.chat.queued });
  await expect(queued).toContainText("1 picture");
  await expect(row(page)).toHaveCount(0);
  await page.reload();
  await expect(queued).toContainText("What is in this?");
  // What an earlier visit left is not sent by itself.
  await page.getByRole("button", { name: t.chat.sendHeld }).click();
  await expect(answers(page).last()).toContainText("1 picture");
  await expect(queued).toHaveCount(0);
  await expect(page.locator("[data-role=user] img")).toHaveCount(1);
});

test("a picture is shrunk here, sent along, and gone with its conversation", async ({ page }) => {
  const noise = { type: "gaussian", mean: 128, sigma: 30 } as const;
  const buffer = await sharp({
    create: { width: 3_000, height: 2_000, channels: 3, background: "#357", noise },
  })
    .jpeg()
    .toBuffer();
  const file = { name: "large.jpg", mimeType: "image/jpeg", buffer };
  await expect(box(page)).toBeEditable(); // before that nobody listens
  await page.locator("input[type=file][multiple]").setInputFiles(file);
  await expect(row(page)).toContainText("3000×2000");
  await expect(row(page)).toContainText("→ 2048×1365");
  await expect(row(page)).not.toContainText(t.chat.uploading);
  await ask(page, "en", "What is it?");
  await expect(answers(page)).toContainText("1 picture");
  const picture = page.locator("[data-role=user] img");
  const address = (await picture.getAttribute("src")) ?? "";
  expect((await page.request.get(address)).status()).toBe(200);
  const id = new URL(page.url()).pathname.split("/").at(-1);
  const headers = { origin: new URL(page.url()).origin };
  await page.request.delete(`/api/conversations/${id}`, { headers });
  expect((await page.request.get(address)).status()).toBe(404);
  await page.goto("/chat");
  await pickModel(page, "en", "Qwen/Qwen3-8B");
  await expect(page.getByRole("button", { name: t.chat.cannotSee })).toBeDisabled();
});

test("a picture of the gallery goes with a question", async ({ page }) => {
  await page.goto("/images");
  await makePicture(page, "en", "A red boat on a lake");
  await page.goto("/chat");
  await page.getByRole("button", { name: t.chat.attachOwn }).click();
  const gallery = page.getByRole("dialog", { name: t.gallery.title });
  const pictures = gallery.getByRole("button", { name: "A red boat on a lake" });
  await pictures.first().click();
  await expect(pictures.first()).toHaveAttribute("aria-pressed", "true");
  await gallery.getByRole("button", { name: "Add 1 picture" }).click();
  await expect(gallery).toHaveCount(0);
  await expect(row(page).getByRole("listitem")).toHaveCount(1);
  await expect(row(page)).not.toContainText(t.chat.uploading);
  await ask(page, "en", "What is on it?");
  await expect(answers(page)).toContainText("1 picture");
  await expect(page.locator("[data-role=user] img")).toHaveCount(1);
});
