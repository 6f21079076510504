import { expect } from "@playwright/test";
import { FRESH_PORT, SETUP_CODE } from "./servers";
import { ask, TEXTS } from "./story";
import { test } from "./watched-test";

const t = TEXTS.en;

test.use({ locale: "en", baseURL: `http://localhost:${FRESH_PORT}` });

test("a fresh installation: setup code, administrator, token, first answer", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveURL(/\/setup$/);
  await page.getByLabel(t.setup.code).fill(SETUP_CODE);
  await page.getByLabel(t.setup.name).fill("First Person");
  await page.getByLabel(t.auth.email).fill("first@example.com");
  await page.getByLabel(t.auth.password, { exact: true }).fill("a long enough password");
  await page.getByRole("button", { name: t.setup.create }).click();

  await expect(page).toHaveURL(/\/settings$/);
  await page.getByRole("link", { name: t.nav.chat }).click();
  await expect(page.getByRole("alert").filter({ hasText: t.errors.token_missing })).toBeVisible();
  await expect(page.getByRole("button", { name: t.chat.send })).toBeDisabled();
  await page.getByRole("link", { name: t.token.openSettings }).click();

  await page.getByLabel(t.token.field).fill("ms-00000000-0000-4000-8000-000000000001");
  await page.getByRole("button", { name: t.token.store }).click();
  await expect(page.getByTestId("token-state")).toContainText(t.token.state.valid);
  await expect(page.getByTestId("token-last4")).toContainText("0001");
  await expect(page.getByTestId("credit-chip")).toContainText("250");

  await page.getByRole("link", { name: t.nav.chat }).click();
  await ask(page, "en", "Does it work?");

  await page.goto("/");
  await expect(page).toHaveURL(/\/chat$/);
  expect((await page.request.get("/setup")).status()).toBe(404);
});
