import { tokenOf } from "../support/tokens";
import { pickModel, searchModel, signIn, TEXTS, USERS } from "./story";
import { expect, test } from "./watched-test";

const t = TEXTS.en;
test.beforeEach(async ({ page }) => {
  await signIn(page, "en", USERS.member);
});

test("the catalogue: search, keys, favourites, an id of one's own", async ({ page }) => {
  await searchModel(page, "en", "glm-5.2");
  await expect(page.locator("[data-model]")).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  await expect(page.locator('[data-model="ZhipuAI/GLM-5.2"]')).toBeFocused();
  await page.keyboard.press("Enter");
  const chosen = page.getByRole("button", { name: `${t.model.label} ZhipuAI/GLM-5.2` });
  await expect(chosen).toBeFocused();
  await expect(page.getByText("≈ 2 Magicubes")).toBeVisible();

  await chosen.click();
  const star = t.model.favourite.replace("{id}", "Qwen/Qwen3-8B");
  await page.getByRole("button", { name: star }).click();
  await page.reload();
  await page.getByRole("button", { name: new RegExp(`^${t.model.label} `) }).click();
  await page.getByText(t.model.filter.favourites, { exact: true }).first().click();
  await expect(page.locator("[data-model]")).toHaveCount(1);
  await page
    .getByRole("button", { name: t.model.unfavourite.replace("{id}", "Qwen/Qwen3-8B") })
    .click();
  await page.keyboard.press("Escape");

  await searchModel(page, "en", "Qwen/Qwen3-1.7B:DashScope");
  await page.getByRole("button", { name: t.model.useTyped }).click();
  await expect(
    page.getByRole("button", { name: `${t.model.label} Qwen/Qwen3-1.7B:DashScope` }),
  ).toBeVisible();
});

test("reasoning is switched off, and the other protocol answers the same", async ({ page }) => {
  await page.getByText(t.param.off, { exact: true }).click();
  await page.getByText("Anthropic", { exact: true }).click();
  await expect(page.getByText(t.param.notSentHere)).toBeVisible();
  await page.getByRole("button", { name: t.code.title }).click();
  await expect(page.getByRole("dialog")).toContainText("from anthropic import Anthropic");
  await page.getByText("curl", { exact: true }).first().click();
  await expect(page.getByRole("dialog")).toContainText("/v1/messages");
  await page.keyboard.press("Escape");
  await page.getByText("OpenAI", { exact: true }).click();
  await page.getByLabel(t.chat.message).fill("Hello");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("readout")).toContainText(t.readout.status.complete);
  await expect(page.getByText(/^Reasoning · /)).toHaveCount(0);
});

test("Enter in the catalogue of the image form picks a model and orders nothing", async ({
  page,
}) => {
  await page.goto("/images");
  const cards = page.getByTestId("image-card");
  const before = await cards.count();
  await page.getByLabel(new RegExp(`^${t.image.prompt}`)).fill("A red lighthouse");
  await searchModel(page, "en", "https://modelscope.cn/models/Tongyi-MAI/Z-Image-Turbo");
  await expect(page.locator("[data-model]")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("button", { name: new RegExp(`^${t.model.label} `) })).toBeVisible();
  await expect(cards).toHaveCount(before);
});

test("a busy ModelScope is asked again, and the wait is told", async ({ page }) => {
  await pickModel(page, "en", "simulator/retry-after-2");
  await page.getByLabel(t.chat.message).fill("Hello");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^ModelScope is busy\. Trying again in [123] s$/)).toBeVisible();
  await expect(page.getByTestId("readout")).toContainText(t.readout.status.complete, {
    timeout: 20_000,
  });
});

test("the token doctor: green, red with the page that mends it, and a call on request", async ({
  page,
}) => {
  await page.goto("/settings");
  const light = (key: string) => page.getByTestId(`light-${key}`);
  await page.getByRole("button", { name: t.doctor.check }).click();
  await expect(light("credits")).toHaveAttribute("data-state", "ok");
  await expect(light("answer")).toHaveAttribute("data-state", "not_tested");
  await light("answer").getByRole("button").click();
  await expect(light("answer")).toHaveAttribute("data-state", "ok");

  await page.getByRole("button", { name: t.token.replace }).click();
  await expect(page.getByLabel(t.token.field)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByLabel(t.token.field)).toHaveCount(0);
  await expect(page.getByRole("button", { name: t.token.replace })).toBeFocused();

  const replace = async (value: string) => {
    await page.getByRole("button", { name: t.token.replace }).click();
    await page.getByLabel(t.token.field).fill(value);
    await page.getByRole("button", { name: t.token.store }).click();
  };
  await replace(tokenOf("0003"));
  await expect(light("account")).toHaveAttribute("data-state", "failed");
  await expect(page.getByText(t.doctor.reason.unverified)).toBeVisible();
  const mend = page.getByRole("link", { name: t.doctor.mend.unverified });
  await expect(mend).toHaveAttribute("href", "https://modelscope.cn/my/accountsettings");
  await expect(light("answer").getByRole("button")).toBeDisabled();
  await replace(USERS.member.token);
  await expect(light("account")).toHaveAttribute("data-state", "ok");
});
