import { expect, test } from "@playwright/test";
import { makePicture, signIn, TEXTS, USERS } from "./story";

const t = TEXTS.en;
test.use({ locale: "en" });
test.describe.configure({ timeout: 120_000 });

test("IDR-12, SSR-11: no optimiser copies a private picture or fetches anything", async ({
  page,
  browser,
  baseURL,
}) => {
  await signIn(page, "en", USERS.member);
  await page.goto("/images");
  await makePicture(page, "en", "A picture of one's own");
  const { images } = await (await page.request.get("/api/images")).json();
  const own = `/api/images/${images[0].id}/file`;
  const stranger = await browser.newContext({ ...(baseURL && { baseURL }) });
  const addresses = [
    own,
    `/api/images/${images[0].id}/thumb`,
    "http://127.0.0.1:1/x.png",
    "//127.0.0.1:1/x.png",
    "https://www.modelscope.cn/x.png",
    "/icon.svg",
    "/x.avif",
  ];
  for (const request of [page.request, stranger.request, page.request]) {
    for (const address of addresses) {
      const query = `url=${encodeURIComponent(address)}&w=640&q=75`;
      const answer = await request.get(`/_next/image?${query}`);
      expect(answer.ok(), address).toBe(false);
    }
  }
  expect((await stranger.request.get(own)).status()).toBe(401);
  await stranger.close();
});

test("XSS-11: every kind of answer names its type, and none can be taken for a page", async ({
  page,
}) => {
  await signIn(page, "en", USERS.member);
  await page.goto("/images");
  await makePicture(page, "en", "A typed picture");
  const { images } = await (await page.request.get("/api/images")).json();
  const mark = "<script>alert(1)</script>";
  const headers = { origin: new URL(page.url()).origin };
  const file = await page.request.get(`/api/images/${images[0].id}/file`);
  const kept = await page.request.get(`/api/images/${images[0].id}/file?format=webp`);
  const missing = await page.request.get(`/api/images/${encodeURIComponent(mark)}`);
  const faulty = await page.request.post("/api/images", {
    headers: { ...headers, "idempotency-key": crypto.randomUUID() },
    data: { [mark]: mark },
  });
  const stream = await page.request.post("/api/chat", {
    headers,
    data: {
      message: { text: mark },
      model: "Qwen/Qwen3-8B",
      settings: {},
      idempotencyKey: crypto.randomUUID(),
    },
  });
  const answers = { file, kept, missing, faulty, stream };
  const types: Record<string, RegExp> = {
    file: /^image\/png$/,
    kept: /^image\/webp$/,
    missing: /^application\/json/,
    faulty: /^application\/json/,
    stream: /^text\/event-stream; charset=utf-8$/,
  };
  for (const [name, answer] of Object.entries(answers)) {
    const found = answer.headers();
    expect(found["content-type"], name).toMatch(types[name] ?? /^$/);
    expect(found["x-content-type-options"], name).toBe("nosniff");
    expect(found["cross-origin-resource-policy"], name).toBe("same-origin");
    expect(found["cache-control"], name).toContain("no-store");
    expect(found["content-security-policy"], name).toContain("default-src 'none'");
  }
  expect(file.headers()["content-disposition"]).toMatch(/^inline; filename="[\w.-]+"$/);
  expect(kept.headers()["content-disposition"]).toMatch(/^attachment; /);
  expect([missing.status(), faulty.status()]).toEqual([400, 400]);
  await expect(page.getByRole("heading", { name: t.image.title })).toBeVisible();
});
