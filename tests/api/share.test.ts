import { beforeAll, describe, expect, it } from "vitest";
import { DELETE as deleteImage } from "@/app/api/images/[id]/route";
import {
  GET as getShare,
  DELETE as revoke,
  POST as share,
} from "@/app/api/images/[id]/share/route";
import { GET as publicFile } from "@/app/s/[slug]/file/route";
import { openPublicShare } from "@/lib/server/services/share";
import { putFile } from "@/lib/server/storage/files";
import { newId } from "@/lib/shared/ids";
import { call, createUser, errorOf, rowsOf, type TestUser } from "../support/api";

let user: TestUser;
beforeAll(async () => {
  user = await createUser();
});

async function createPicture(owner: TestUser = user): Promise<string> {
  const id = newId("image");
  await putFile(`images/${id}.png`, new Uint8Array([137, 80, 78, 71]));
  await rowsOf(
    `insert into "Image" (id, "batchId", "userId", "idempotencyKey", "bodyHash", model, prompt, parameters, status,
       "storageKey", "mediaType", "fileWidth", "fileHeight", "sizeBytes", "taskId")
     values ($1, $1, $2, $1, 'x', 'a/b', 'a secret prompt', '{"seed":7}', 'done', $3, 'image/png', 64, 64, 4, '4003503')`,
    [id, owner.id, `images/${id}.png`],
  );
  return id;
}

const start = (id: string, body: object = {}, owner = user) =>
  call(share, { method: "POST", user: owner, body, params: { id } });
const slugOf = async (response: Response) =>
  ((await response.json()) as { url: string }).url.split("/s/")[1] ?? "";
const fetchFile = (slug: string) => call(publicFile, { params: { slug } });

describe("a share link", () => {
  it("opens page and bytes for anybody, ends in 30 days, hides the prompt unless it is shown", async () => {
    const id = await createPicture();
    const response = await start(id);
    expect(response.status).toBe(201);
    const state = await response.json();
    expect(state.url).toMatch(/^http:\/\/localhost:3000\/s\/msps_[\w-]{43}$/);
    expect(Math.round((Date.parse(state.expiresAt) - Date.now()) / 86_400_000)).toBe(30);
    const slug = state.url.split("/s/")[1];
    expect(await openPublicShare(slug)).toEqual({
      width: 64,
      height: 64,
      expiresAt: state.expiresAt,
      recipe: null,
    });
    const file = await fetchFile(slug);
    expect(file.status).toBe(200);
    expect(file.headers.get("cache-control")).toBe("private, no-store");
    expect(file.headers.get("set-cookie")).toBeNull();
  });

  it("shows the recipe where the owner wants it, and nothing of the owner", async () => {
    const id = await createPicture();
    const slug = await slugOf(await start(id, { showPrompt: true, expiresInDays: null }));
    const page = await openPublicShare(slug);
    expect(page).toMatchObject({
      expiresAt: null,
      recipe: { prompt: "a secret prompt", parameters: { seed: 7 } },
    });
    const text = JSON.stringify(page);
    for (const secret of [user.id, id, "4003503", "example.com"])
      expect(text).not.toContain(secret);
  });

  it("stores no address that a reader of the database could use", async () => {
    const id = await createPicture();
    const slug = await slugOf(await start(id));
    const [row] = await rowsOf(`select * from "ShareLink" where "imageId" = $1`, [id]);
    expect(JSON.stringify(row)).not.toContain(slug.slice(5));
    expect(row?.slugHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("dies at once when it is revoked; a new one has another address and the old stays dead", async () => {
    const id = await createPicture();
    const first = await slugOf(await start(id));
    expect((await call(revoke, { method: "DELETE", user, params: { id } })).status).toBe(204);
    expect((await fetchFile(first)).status).toBe(404);
    expect(await openPublicShare(first)).toBeNull();
    const second = await slugOf(await start(id));
    expect(second).not.toBe(first);
    expect((await fetchFile(first)).status).toBe(404);
    expect((await fetchFile(second)).status).toBe(200);
  });

  it("is replaced by the next one", async () => {
    const id = await createPicture();
    const first = await slugOf(await start(id));
    const second = await slugOf(await start(id));
    expect((await fetchFile(first)).status).toBe(404);
    const state = await (await call(getShare, { user, params: { id } })).json();
    expect(state).toMatchObject({ active: true, viewCount: 0 });
    expect(state.url).toContain(second);
  });

  it("ends at its time by the server's clock", async () => {
    const id = await createPicture();
    const slug = await slugOf(await start(id, { expiresInDays: 1 }));
    await rowsOf(
      `update "ShareLink" set "expiresAt" = now() - interval '1 ms' where "imageId" = $1`,
      [id],
    );
    expect((await fetchFile(slug)).status).toBe(404);
    expect((await (await call(getShare, { user, params: { id } })).json()).active).toBe(false);
  });

  it("dies with its picture and while its owner is disabled", async () => {
    const owner = await createUser();
    const id = await createPicture(owner);
    const slug = await slugOf(await start(id, {}, owner));
    await rowsOf(`update "User" set "disabledAt" = now() where id = $1`, [owner.id]);
    expect((await fetchFile(slug)).status).toBe(404);
    await rowsOf(`update "User" set "disabledAt" = null where id = $1`, [owner.id]);
    expect((await fetchFile(slug)).status).toBe(200);
    await call(deleteImage, { method: "DELETE", user: owner, params: { id } });
    expect((await fetchFile(slug)).status).toBe(404);
    expect(await rowsOf(`select id from "ShareLink" where "imageId" = $1`, [id])).toEqual([]);
  });

  it("counts a view of the page", async () => {
    const id = await createPicture();
    const slug = await slugOf(await start(id));
    await openPublicShare(slug);
    await openPublicShare(slug);
    expect((await (await call(getShare, { user, params: { id } })).json()).viewCount).toBe(2);
  });
});

describe("what is refused", () => {
  it("answers unknown, malformed and revoked addresses alike", async () => {
    const id = await createPicture();
    const revoked = await slugOf(await start(id));
    await call(revoke, { method: "DELETE", user, params: { id } });
    const slugs = [revoked, `msps_${"a".repeat(43)}`, "junk", "../../etc/passwd"];
    for (const slug of slugs) {
      const { id: _id, ...error } = await errorOf(await fetchFile(slug));
      expect(error).toEqual({
        status: 404,
        code: "not_found",
        message: "Not found, or not yours.",
      });
    }
  });

  it("is for the owner only", async () => {
    const other = await createUser();
    const id = await createPicture();
    expect((await start(id, {}, other)).status).toBe(404);
    expect((await call(getShare, { user: other, params: { id } })).status).toBe(404);
    await start(id);
    expect((await call(revoke, { method: "DELETE", user: other, params: { id } })).status).toBe(
      404,
    );
    expect((await (await call(getShare, { user, params: { id } })).json()).active).toBe(true);
  });

  for (const body of [
    { expiresInDays: 0 },
    { expiresInDays: 366 },
    { expiresInDays: "7" },
    { views: 3 },
  ]) {
    it(JSON.stringify(body), async () => {
      const id = await createPicture();
      expect(await errorOf(await start(id, body))).toMatchObject({
        status: 400,
        code: "invalid_request",
      });
    });
  }
});
