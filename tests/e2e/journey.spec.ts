import { ask, type Language, makePicture, signIn, TEXTS, USERS, usageNumber } from "./story";
import { expect, test, watch } from "./watched-test";

const STORIES: {
  language: Language;
  user: (typeof USERS)["member"];
  question: string;
  prompt: string;
}[] = [
  {
    language: "zh-CN",
    user: USERS.administrator,
    question: "单通道队列是怎么工作的？",
    prompt: "晨雾里的山谷",
  },
  {
    language: "en",
    user: USERS.member,
    question: "How does a single-lane queue work?",
    prompt: "A valley in the morning mist",
  },
];

for (const { language, user, question, prompt } of STORIES) {
  test.describe(`the whole story in ${language}`, () => {
    test.use({ locale: language });

    test("sign in, chat, make a picture, share it, see both counted", async ({
      page,
      browser,
      baseURL,
    }, testInfo) => {
      const t = TEXTS[language];
      await signIn(page, language, user);
      await expect(page.getByTestId("simulator-banner")).toBeVisible();
      await expect(page.locator("html")).toHaveAttribute("lang", language);

      await page.goto("/usage");
      const before = {
        calls: await usageNumber(page, "calls"),
        images: await usageNumber(page, "images"),
      };
      await expect(page.getByTestId("balance")).toHaveText(/^\d+(\.5)?$/);

      await test.step("the answer streams and survives a reload in its middle", async () => {
        await page.getByRole("link", { name: t.nav.chat }).click();
        await page.getByLabel(t.chat.message).fill(question);
        await page.keyboard.press("Enter");
        const answer = page.locator("[data-role=assistant]");
        await expect(answer).toContainText(question);
        await expect(page).toHaveURL(/\/chat\/cnv_/);
        await page.reload();
        await expect(answer).toContainText(question);
        await expect(page.getByTestId("readout")).toContainText(t.readout.status.complete);
        await expect(answer).toHaveCount(1);
        await expect(answer).toContainText("simulator/");
        await expect(page.getByTestId("readout")).toContainText("tok/s");
      });

      await test.step("a second question goes into the same conversation", async () => {
        const url = page.url();
        await ask(page, language, question);
        await expect(page.locator("[data-role=user]")).toHaveCount(2);
        expect(page.url()).toBe(url);
        const path = process.env.UPDATE_SCREENSHOTS
          ? `docs/chat-${language}.png`
          : testInfo.outputPath("chat.png");
        await page.screenshot({ path });
      });

      await page.getByRole("link", { name: t.nav.images }).click();
      await makePicture(page, language, prompt);

      const visitor = await browser.newContext({ locale: language, ...(baseURL && { baseURL }) });
      const faults = watch(visitor, new URL(baseURL ?? "").origin);
      const visit = await visitor.newPage();
      await test.step("the link shows the picture to somebody without an account", async () => {
        const card = page.getByTestId("image-card").first();
        await card.hover();
        await card.getByRole("button", { name: t.image.share, exact: true }).click();
        await page.getByRole("switch", { name: t.share.showPrompt }).check();
        await page.getByRole("switch", { name: t.share.showParameters }).check();
        await page.getByRole("button", { name: t.share.make }).click();
        const url = await page.getByTestId("share-url").inputValue();
        const response = await visit.goto(url);
        expect(response?.headers()["x-robots-tag"]).toContain("noindex");
        await expect(visit.getByRole("img", { name: prompt })).toBeVisible();
        await expect(visit.getByText(t.share.label)).toBeVisible();
        await expect(visit.getByText("Tongyi-MAI/Z-Image-Turbo").first()).toBeVisible();
        expect(await visitor.cookies()).toEqual([]);
        await page.getByRole("button", { name: t.share.revoke }).click();
        await expect(page.getByRole("button", { name: t.share.make })).toBeVisible();
        expect((await visitor.request.get(url)).status()).toBe(404);
        expect((await visitor.request.get(`${url}/file`)).status()).toBe(404);
        await page.getByRole("button", { name: t.common.close }).click();
      });
      expect(faults).toEqual([]);
      await visitor.close();

      await test.step("the usage page counts two answers and one picture", async () => {
        await page.getByRole("link", { name: t.nav.usage }).click();
        await expect(page.getByTestId("usage-images")).toBeVisible();
        expect(await usageNumber(page, "images")).toBe(before.images + 1);
        expect(await usageNumber(page, "calls")).toBe(before.calls + 3);
        await expect(page.getByRole("row", { name: /Z-Image-Turbo/ }).first()).toBeVisible();
      });

      await test.step("signing out ends the session for good", async () => {
        const cookies = await page.context().cookies();
        await page.goto("/settings");
        await page.getByRole("main").getByRole("button", { name: t.account.signOut }).click();
        await expect(page).toHaveURL(/\/sign-in$/);
        const kept = await page.evaluate(() => [
          ...Object.keys(localStorage),
          ...Object.keys(sessionStorage),
        ]);
        expect(kept.filter((key) => key.startsWith("msp:"))).toEqual([]);
        await page.context().addCookies(cookies);
        expect((await page.request.get("/api/me")).status()).toBe(401);
      });
    });
  });
}
