import pino from "pino";
import sharp from "sharp";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { DELETE as revokeOfMember } from "@/app/api/admin/members/[id]/shares/route";
import { DELETE as deleteImage } from "@/app/api/images/[id]/route";
import { GET as getShare, DELETE as revoke } from "@/app/api/images/[id]/share/route";
import { DELETE as deleteImages } from "@/app/api/images/route";
import { GET as listShares, DELETE as revokeAll } from "@/app/api/shares/route";
import { GET as publicFile } from "@/app/s/[slug]/file/route";
import { GET as preview } from "@/app/s/[slug]/opengraph-image/route";
import { visitShare } from "@/lib/server/services/share-visit";
import { call, createUser, errorOf, rowsOf, type TestUser } from "../support/api";
import { storedPicture } from "../support/picture";
import { openView, shared, startShare } from "../support/share";

let user: TestUser;
beforeAll(async () => {
  user = await createUser();
});
beforeEach(async () => {
  await rowsOf(`delete from "RateWindow"`);
});

const fetchFile = (slug: string, method = "GET") => call(publicFile, { method, params: { slug } });
const fetchPreview = (slug: string) => call(preview, { params: { slug } });

/** What of a link still answers. */
async function facesOf(slug: string): Promise<string[]> {
  const answers = {
    page: (await visitShare({ slug }, true)) !== null,
    bytes: (await fetchFile(slug)).ok,
    head: (await fetchFile(slug, "HEAD")).ok,
    preview: (await fetchPreview(slug)).ok,
    view: (await openView(slug)).status === 303,
  };
  return Object.entries(answers).flatMap(([name, isAlive]) => (isAlive ? [name] : []));
}
const ALIVE = ["page", "bytes", "head", "preview", "view"];

describe("addresses", () => {
  it("SHR-01: 256 random bits, of which only the hash can be looked up", async () => {
    const id = await storedPicture(user);
    const slugs = new Set<string>();
    for (let index = 0; index < 50; index += 1) slugs.add(await shared(user, id));
    expect(slugs.size).toBe(50);
    for (const slug of slugs) expect(slug).toMatch(/^msps_[A-Za-z0-9_-]{43}$/);
    const rows = JSON.stringify(
      await rowsOf(`select * from "ShareLink" where "imageId" = $1`, [id]),
    );
    for (const slug of slugs) expect(rows).not.toContain(slug.slice(5));
  });

  it("SHR-10: unknown, malformed, revoked, expired and used up answer alike, and are held back", async () => {
    const id = await storedPicture(user);
    const revoked = await shared(user, id);
    const expired = await shared(user, id);
    await rowsOf(
      `update "ShareLink" set "expiresAt" = now() - interval '1 day', "revokedAt" = null where "slugHash" = encode(sha256($1), 'hex')`,
      [Buffer.from(expired)],
    );
    const usedUp = await shared(user, await storedPicture(user), { maxViews: 1 });
    await openView(usedUp);
    const dead = [revoked, expired, usedUp, `msps_${"a".repeat(43)}`, "junk", "../../etc/passwd"];
    for (const slug of dead) {
      const { id: _id, ...error } = await errorOf(await fetchFile(slug));
      expect(error).toEqual({
        status: 404,
        code: "not_found",
        message: "Not found, or not yours.",
      });
      expect(await visitShare({ slug }, true)).toBeNull();
    }
    const live = await shared(user, id);
    const statuses = new Map<number, number>();
    for (let index = 0; index < 1_000; index += 1) {
      const guess = `msps_${String(index).padStart(43, "x")}`;
      const { status } = await fetchFile(guess);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect(statuses.get(429)).toBeGreaterThan(600);
    const held = await fetchFile(dead[0] ?? "");
    expect(held.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(await facesOf(live)).toEqual(ALIVE);
  });

  it("SHR-09: stand in no log line", async () => {
    const lines: string[] = [];
    const store = globalThis as unknown as { __mspLog: unknown };
    const before = store.__mspLog;
    store.__mspLog = pino({ level: "trace" }, { write: (line) => void lines.push(line) });
    const slug = await shared(user, await storedPicture(user));
    await facesOf(slug);
    await call(publicFile, { params: { slug: `${slug}x` } });
    store.__mspLog = before;
    expect(lines.join("")).toContain("not_found");
    expect(lines.join("")).not.toContain(slug.slice(0, 20));
  });
});

describe("ends", () => {
  it("SHR-02: revoking ends page, bytes and preview at once, and nothing was kept by a cache", async () => {
    const id = await storedPicture(user);
    const slug = await shared(user, id);
    expect(await facesOf(slug)).toEqual(ALIVE);
    for (const answer of [await fetchFile(slug), await fetchPreview(slug)]) {
      expect(answer.headers.get("cache-control")).toBe("private, no-store");
      expect(answer.headers.get("etag")).toBeNull();
    }
    expect((await call(revoke, { method: "DELETE", user, params: { id } })).status).toBe(204);
    expect(await facesOf(slug)).toEqual([]);
  });

  it("SHR-03: at its time, by the server's clock", async () => {
    const id = await storedPicture(user);
    const slug = await shared(user, id, { expiresInDays: 1 });
    const end = (offset: string) =>
      rowsOf(
        `update "ShareLink" set "expiresAt" = now() + $2::interval where "imageId" = $1 and "revokedAt" is null`,
        [id, offset],
      );
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 400 * 86_400_000 });
    const isOpenLater = (await fetchFile(slug)).ok;
    vi.useRealTimers();
    expect(isOpenLater).toBe(true);
    await end("2 seconds");
    expect((await fetchFile(slug)).status).toBe(200);
    await end("-1 ms");
    expect(await facesOf(slug)).toEqual([]);
    expect((await (await call(getShare, { user, params: { id } })).json()).active).toBe(false);
  });

  it("SHR-04: with the picture, the account, and the member who is disabled, also when that comes back", async () => {
    const owner = await createUser();
    const [one, two, three] = [
      await storedPicture(owner),
      await storedPicture(owner),
      await storedPicture(owner),
    ];
    const slugs = await Promise.all([one, two, three].map((id) => shared(owner, id)));
    const [first = "", second = "", third = ""] = slugs;
    await call(deleteImage, { method: "DELETE", user: owner, params: { id: one } });
    expect(await facesOf(first)).toEqual([]);
    await call(deleteImages, { method: "DELETE", user: owner, body: { ids: [two] } });
    expect(await facesOf(second)).toEqual([]);
    await rowsOf(`update "User" set "disabledAt" = now() where id = $1`, [owner.id]);
    expect(await facesOf(third)).toEqual([]);
    await rowsOf(`update "User" set "disabledAt" = null where id = $1`, [owner.id]);
    expect(await facesOf(third)).toEqual([]);
    const again = await shared(owner, three);
    expect(await facesOf(again)).toEqual(ALIVE);
    await rowsOf(`delete from "User" where id = $1`, [owner.id]);
    expect(await facesOf(again)).toEqual([]);
    expect(await rowsOf(`select id from "ShareLink" where "userId" = $1`, [owner.id])).toEqual([]);
  });

  it("SHR-04: a deletion that fails half-way leaves picture and link, or neither", async () => {
    const id = await storedPicture(user);
    const slug = await shared(user, id);
    await rowsOf(`create function break_off() returns trigger language plpgsql as
      $$ begin raise exception 'broken off'; end $$`);
    await rowsOf(
      `create trigger break_off after delete on "Image" for each row execute function break_off()`,
    );
    const answer = await call(deleteImage, { method: "DELETE", user, params: { id } });
    await rowsOf(`drop trigger break_off on "Image"`);
    await rowsOf(`drop function break_off()`);
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(await facesOf(slug)).toEqual(ALIVE);
  });
});

describe("what is seen", () => {
  it("SHR-05: the preview and the bytes carry the picture, a label, and no word of it", async () => {
    const slug = await shared(user, await storedPicture(user, { width: 400, height: 300 }));
    const answer = await fetchPreview(slug);
    expect(answer.headers.get("content-type")).toBe("image/jpeg");
    const bytes = Buffer.from(await answer.arrayBuffer());
    const metadata = await sharp(bytes).metadata();
    expect(metadata).toMatchObject({ width: 1200, height: 630, format: "jpeg" });
    expect([metadata.exif, metadata.xmp, metadata.iptc]).toEqual([undefined, undefined, undefined]);
    const pixel = async (left: number, top: number) => [
      ...(await sharp(bytes).extract({ left, top, width: 1, height: 1 }).raw().toBuffer()),
    ];
    expect(await pixel(600, 200)).toEqual([
      expect.closeTo(204, -1),
      expect.closeTo(68, -1),
      expect.closeTo(0, -1),
    ]);
    // The label's white ground, at its place.
    for (const value of await pixel(30, 570)) expect(value).toBeGreaterThan(235);
    const file = Buffer.from(await (await fetchFile(slug)).arrayBuffer());
    for (const text of [bytes, file]) expect(text.includes("secret")).toBe(false);
  });

  it("SHR-08: twenty who open the last view at once: one gets it; HEAD, prefetch and robots use nothing", async () => {
    const id = await storedPicture(user);
    const slug = await shared(user, id, { maxViews: 3 });
    await openView(slug);
    await openView(slug);
    await fetchFile(slug, "HEAD");
    await fetchPreview(slug);
    await visitShare({ slug }, false);
    await visitShare({ slug }, true);
    const answers = await Promise.all(Array.from({ length: 20 }, () => openView(slug)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(19);
    expect(await (await call(getShare, { user, params: { id } })).json()).toMatchObject({
      viewCount: 3,
    });
  });

  it("SHR-11: the owner sees every live link, ends all at once, and gets new addresses after", async () => {
    const owner = await createUser();
    const ids = [await storedPicture(owner, { prompt: "first" }), await storedPicture(owner)];
    const slugs = await Promise.all(ids.map((id) => shared(owner, id, { maxViews: 9 })));
    const other = await shared(user, await storedPicture(user));
    const list = async (who: TestUser) =>
      ((await (await call(listShares, { user: who })).json()) as { shares: { imageId: string }[] })
        .shares;
    const listed = await list(owner);
    expect(listed.map(({ imageId }) => imageId).sort()).toEqual([...ids].sort());
    expect(listed).toContainEqual(
      expect.objectContaining({ prompt: "first", viewCount: 0, maxViews: 9 }),
    );
    expect((await call(revokeAll, { method: "DELETE", user: owner })).status).toBe(204);
    for (const slug of slugs) expect(await facesOf(slug)).toEqual([]);
    expect(await list(owner)).toEqual([]);
    expect(await facesOf(other)).toEqual(ALIVE);
    const again = await shared(owner, ids[0] ?? "");
    expect(slugs).not.toContain(again);
    expect((await startShare(owner, "img_missing")).status).toBe(404);
  });

  it("SHR-11: an administrator ends all links of a member, and of nobody else", async () => {
    const [administrator, member] = [
      await createUser({ role: "administrator" }),
      await createUser(),
    ];
    const slugs = [
      await shared(member, await storedPicture(member)),
      await shared(member, await storedPicture(member)),
    ];
    const other = await shared(user, await storedPicture(user));
    const end = (who: TestUser, id: string) =>
      call(revokeOfMember, { method: "DELETE", user: who, params: { id } });
    expect((await end(member, user.id)).status).toBe(403);
    expect((await end(administrator, "usr_missing")).status).toBe(404);
    expect(await facesOf(slugs[0] ?? "")).toEqual(ALIVE);
    expect((await end(administrator, member.id)).status).toBe(204);
    for (const slug of slugs) expect(await facesOf(slug)).toEqual([]);
    expect(await facesOf(other)).toEqual(ALIVE);
  });
});
