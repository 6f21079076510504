import { expect, test } from "@playwright/test";
import { type OwnInstances, startOwnInstances } from "./own-instances";
import { TEXTS } from "./story";

const t = TEXTS.en;
test.use({ locale: "en" });

let own: OwnInstances;
test.beforeAll(async ({ browser }) => {
  test.setTimeout(60_000);
  own = await startOwnInstances(browser, 1, {});
});
test.afterAll(() => own?.stop());

test("XSS-01 names, model ids, titles and error texts are text, wherever they stand", async () => {
  test.setTimeout(120_000);
  const { page, simulator, database, instances } = own;
  const payload = '"><img src=x onerror=alert(1)><script>alert(1)</script>';
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  simulator.state.interceptors.set("/v1/chat/completions", ({ response }) => {
    response.writeHead(400, { "content-type": "application/json" });
    response.end(JSON.stringify({ errors: { message: payload } }));
  });
  await page.getByLabel(t.chat.message).fill("Refuse me");
  await page.keyboard.press("Enter");
  await page.getByText(t.common.raw).click();
  simulator.state.interceptors.clear();
  await expect(page.getByText(payload)).toBeVisible();
  const id = new URL(page.url()).pathname.split("/").at(-1);
  const headers = { origin: instances.url, "idempotency-key": crypto.randomUUID() };
  const post = async (path: string, data?: object) =>
    (await page.request.post(path, { headers, data })).json();
  await page.request.patch(`/api/conversations/${id}`, { headers, data: { title: payload } });
  await post("/api/presets", { name: payload, model: "Qwen/Qwen3-8B", settings: {} });
  const { image: picture } = await post("/api/images", {
    prompt: payload,
    model: "Qwen/Qwen-Image",
  });
  await expect
    .poll(
      async () => (await (await page.request.get(`/api/images/${picture.id}`)).json()).image.status,
    )
    .toBe("done");
  const { url } = await post(`/api/images/${picture.id}/share`, {});
  await database.query(`update "User" set name = $1`, [payload]);
  await database.query(`update "Conversation" set model = $1`, [payload]);
  await database.query(`update "Run" set model = $1`, [payload]);
  for (const path of ["/chat", `/chat/${id}`, "/images", "/usage", "/settings", "/compare", url]) {
    await page.goto(path);
    await page.waitForLoadState("networkidle");
    const handlers = await page.evaluate(
      () => document.querySelectorAll("[onerror], [onload], img[src=x]").length,
    );
    expect(handlers, path).toBe(0);
  }
  await page.goto(`/chat/${id}`);
  await page.getByRole("button", { name: t.preset.title }).click();
  await expect(page.getByRole("dialog").getByText(payload).first()).toBeVisible();
  expect(dialogs).toEqual([]);
});
