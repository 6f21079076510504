import { beforeAll, describe, expect, it, vi } from "vitest";
import { GET as getImage } from "@/app/api/images/[id]/route";
import { GET as getShare, DELETE as revoke } from "@/app/api/images/[id]/share/route";
import { GET as publicFile } from "@/app/s/[slug]/file/route";
import { findSharedRecipe } from "@/lib/server/services/image-recipe";
import { visitShare } from "@/lib/server/services/share-visit";
import { call, createUser, errorOf, rowsOf, type TestUser } from "../support/api";
import { storedPicture } from "../support/picture";
import { openView, passOf, shared, startShare } from "../support/share";

let user: TestUser;
let id: string;
beforeAll(async () => {
  user = await createUser();
  id = await storedPicture(user);
});

const fetchFile = (slug: string, pass?: string) =>
  call(publicFile, {
    params: { slug },
    path: pass ? `/s/x/file?pass=${encodeURIComponent(pass)}` : "/s/x/file",
  });
/** Whether the gallery marks it as shared. */
const isMarked = async (imageId: string): Promise<boolean> =>
  (await (await call(getImage, { user, params: { id: imageId } })).json()).image.shared;
const stateOf = async (imageId: string) =>
  (await call(getShare, { user, params: { id: imageId } })).json();

describe("a share link", () => {
  it("opens page and bytes for anybody, ends in 30 days, shows the picture alone", async () => {
    const response = await startShare(user, id);
    expect(response.status).toBe(201);
    const state = await response.json();
    expect(state.url).toMatch(/^http:\/\/localhost:3000\/s\/msps_[\w-]{43}$/);
    expect(Math.round((Date.parse(state.expiresAt) - Date.now()) / 86_400_000)).toBe(30);
    const slug = state.url.split("/s/")[1];
    expect(await visitShare({ slug }, false)).toEqual({
      isOpen: true,
      hasPreview: true,
      share: {
        width: 64,
        height: 48,
        expiresAt: state.expiresAt,
        createdAt: expect.any(String),
        words: null,
        settings: null,
      },
    });
    const file = await fetchFile(slug);
    expect(file.status).toBe(200);
    expect(file.headers.get("cache-control")).toBe("private, no-store");
    expect(file.headers.get("set-cookie")).toBeNull();
  });

  it("shows each part of the recipe by itself", async () => {
    const words = { prompt: "a secret prompt", negativePrompt: "a secret negative" };
    const settings = {
      model: "Qwen/Qwen-Image",
      parameters: { seed: 7 },
      usedSeed: 7,
      inputCount: 0,
    };
    const parts = [
      { body: { showPrompt: true }, shown: { words, settings: null } },
      { body: { showParameters: true }, shown: { words: null, settings } },
      { body: { showPrompt: true, showParameters: true }, shown: { words, settings } },
    ];
    for (const { body, shown } of parts) {
      const slug = await shared(user, id, body);
      expect(await visitShare({ slug }, false)).toMatchObject({ share: shown });
    }
  });

  it("gives a signed-in visitor the parts that are shown, and no others", async () => {
    const seed = { source: "ours", model: "Qwen/Qwen-Image", seed: 7, others: {} };
    const slug = await shared(user, id, { showParameters: true });
    expect(await findSharedRecipe({ slug })).toEqual(seed);
    const both = await shared(user, id, { showPrompt: true, showParameters: true });
    expect(await findSharedRecipe({ slug: both })).toEqual({
      ...seed,
      prompt: "a secret prompt",
      negativePrompt: "a secret negative",
    });
    expect(await findSharedRecipe({ slug })).toBeNull();
  });

  it("counts those who look at the page", async () => {
    const slug = await shared(user, id);
    await visitShare({ slug }, true);
    await visitShare({ slug }, false);
    await visitShare({ slug }, true);
    expect((await stateOf(id)).viewCount).toBe(2);
  });

  it("is replaced by the next one", async () => {
    const first = await shared(user, id);
    const second = await shared(user, id);
    expect((await fetchFile(first)).status).toBe(404);
    const state = await stateOf(id);
    expect(state).toMatchObject({ active: true, viewCount: 0 });
    expect(state.url).toContain(second);
  });
});

describe("a link that can be opened a number of times", () => {
  it("is opened by a click, keeps that view for half an hour, and has no preview", async () => {
    const slug = await shared(user, id, { maxViews: 1, showPrompt: true });
    expect(await visitShare({ slug }, true)).toEqual({ isOpen: false, viewsLeft: 1 });
    expect(await isMarked(id)).toBe(true);
    expect((await fetchFile(slug)).status).toBe(404);
    const pass = await passOf(slug);
    expect(await visitShare({ slug, pass }, true)).toMatchObject({
      isOpen: true,
      hasPreview: false,
    });
    expect((await fetchFile(slug, pass)).status).toBe(200);
    expect(await findSharedRecipe({ slug, pass })).toMatchObject({ prompt: "a secret prompt" });
    expect(await findSharedRecipe({ slug })).toBeNull();
    expect(await stateOf(id)).toMatchObject({ viewCount: 1, maxViews: 1 });
    expect((await openView(slug)).status).toBe(404);
    expect(await visitShare({ slug }, true)).toBeNull();
    expect(await isMarked(id)).toBe(false);
  });

  it("knows no pass of another link, none that was made up, none for ever", async () => {
    const other = await storedPicture(user);
    const foreign = await passOf(await shared(user, other, { maxViews: 5 }));
    const slug = await shared(user, id, { maxViews: 5 });
    for (const pass of [foreign, "v1.x.y.z.w", "x".repeat(300)]) {
      expect((await fetchFile(slug, pass)).status).toBe(404);
    }
    const pass = await passOf(slug);
    expect((await fetchFile(slug, pass)).status).toBe(200);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 31 * 60_000 });
    const late = await fetchFile(slug, pass);
    vi.useRealTimers();
    expect(late.status).toBe(404);
  });
});

describe("what is refused", () => {
  it("is for the owner only", async () => {
    const other = await createUser();
    const own = await storedPicture(user);
    expect((await startShare(other, own)).status).toBe(404);
    expect((await call(getShare, { user: other, params: { id: own } })).status).toBe(404);
    await startShare(user, own);
    const foreign = await call(revoke, { method: "DELETE", user: other, params: { id: own } });
    expect(foreign.status).toBe(404);
    expect((await stateOf(own)).active).toBe(true);
  });

  for (const body of [
    { expiresInDays: 0 },
    { expiresInDays: 366 },
    { expiresInDays: "7" },
    { maxViews: 0 },
    { maxViews: 1.5 },
    { views: 3 },
  ]) {
    it(JSON.stringify(body), async () => {
      expect(await errorOf(await startShare(user, id, body))).toMatchObject({
        status: 400,
        code: "invalid_request",
      });
    });
  }

  it("an unfinished picture", async () => {
    const own = await storedPicture(user);
    await rowsOf(`update "Image" set status = 'polling' where id = $1`, [own]);
    expect((await startShare(user, own)).status).toBe(404);
  });
});
