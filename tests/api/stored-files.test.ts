import fs from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { POST as check } from "@/app/api/images/[id]/check/route";
import { GET as getFile } from "@/app/api/images/[id]/file/route";
import { getSettings } from "@/lib/server/env";
import { deleteUnnamed, reportFiles } from "@/lib/server/services/files-report";
import { putFile, readFile } from "@/lib/server/storage/files";
import { call, createUser, HEALTHY_TOKEN, requestsTo, rowsOf, waitFor } from "../support/api";
import { ordered, readImage, SUBMIT_PATH, takeDueImage, untilEnded } from "../support/order";
import { storedPicture } from "../support/picture";
import { pointStoreTo } from "../support/point-store";
import { type S3Server, startS3Server } from "../support/s3-server";

const directory = (...names: string[]) => path.join(getSettings().DATA_DIR, "files", ...names);
const fault = (code: string) => Object.assign(new Error(code), { code });
afterEach(() => {
  vi.restoreAllMocks();
});

describe("CRA-11, CRA-12: a file is there whole, or not at all", () => {
  const faults: [string, () => void][] = [
    [
      "the disk is full",
      () =>
        vi.spyOn(fs, "open").mockImplementation(async () => {
          throw fault("ENOSPC");
        }),
    ],
    ["it is read-only", () => vi.spyOn(fs, "mkdir").mockRejectedValue(fault("EROFS"))],
    ["the rename fails", () => vi.spyOn(fs, "rename").mockRejectedValue(fault("EIO"))],
    ["other bytes were written", () => vi.spyOn(fs, "readFile").mockResolvedValue("other bytes")],
  ];
  for (const [index, [name, breakDisk]] of faults.entries()) {
    it(`${name}: typed, and nothing is left`, async () => {
      const key = `images/img_broken_${index}.png`;
      breakDisk();
      await expect(putFile(key, Buffer.from("bytes"))).rejects.toMatchObject({
        code: "storage_down",
      });
      vi.restoreAllMocks();
      expect(await readFile(key)).toBeNull();
      const left = await fs.readdir(directory("images")).catch(() => []);
      expect(left.filter((file) => file.includes("broken"))).toEqual([]);
    });
  }
});

describe("CRA-11: a picture whose store fails", () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
    pointStoreTo(server.url);
  });
  afterAll(async () => {
    pointStoreTo(undefined);
    await server.close();
  });

  it("waits for it and is then stored once, paid once", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    server.faults.push({ method: "PUT", kind: "status", status: 503, times: 3 });
    const { id } = await ordered(user);
    expect(await untilEnded(user, id)).toMatchObject({ status: "done" });
    const [row] = await rowsOf(`select "storageKey", "sizeBytes" from "Image" where id = $1`, [id]);
    const stored = server.objects.get(`team/${row?.storageKey}`);
    expect(stored?.bytes.length).toBe(row?.sizeBytes);
    expect([...server.objects.keys()].filter((key) => key.includes(id))).toHaveLength(2);
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
    const file = await call(getFile, { user, params: { id } });
    expect((await file.arrayBuffer()).byteLength).toBe(row?.sizeBytes);
  });

  it("is no row without a file when it stays away, and can be copied later without paying again", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    server.faults.push({ method: "PUT", kind: "status", status: 503, times: 1_000 });
    const { id } = await ordered(user);
    await waitFor(async () => {
      const task = await takeDueImage(id);
      if (task) {
        const { advanceImage } = await import("@/lib/server/services/image-task");
        await advanceImage(task);
      }
      const [row] = await rowsOf(`select "pollCount" from "Image" where id = $1`, [id]);
      return Number(row?.pollCount) > 1;
    });
    await rowsOf(`update "Image" set "pollCount" = 8 where id = $1`, [id]);
    expect(await untilEnded(user, id)).toMatchObject({
      status: "failed",
      errorCode: "image_copy_failed",
    });
    expect([...server.objects.keys()].filter((key) => key.includes(id))).toEqual([]);
    server.faults.length = 0;
    expect((await call(check, { method: "POST", user, params: { id } })).ok).toBe(true);
    expect((await untilEnded(user, id)).status).toBe("done");
    expect(requestsTo(SUBMIT_PATH)).toHaveLength(1);
    expect((await readImage(user, id)).sizeBytes).toBeGreaterThan(0);
  });
});

describe("CRA-14: the report", () => {
  it("names rows without their file and old files without a row; cleaning removes the latter alone", async () => {
    const user = await createUser();
    const whole = await storedPicture(user);
    const bare = await storedPicture(user);
    await fs.rm(directory("images", `${bare}.png`));
    const old = new Date(Date.now() - 2 * 3_600_000);
    for (const name of ["img_orphan.png", "img_half.png.0a-1b.tmp"]) {
      await fs.writeFile(directory("images", name), "left behind");
      await fs.utimes(directory("images", name), old, old);
    }
    await fs.writeFile(directory("images", "img_young.png"), "its row is on the way");
    await fs.mkdir(directory("backups"), { recursive: true });
    await fs.writeFile(directory("backups", "nightly.dump"), "somebody else's");
    await fs.utimes(directory("backups", "nightly.dump"), old, old);
    const report = await reportFiles();
    const missing = report.withoutFile.map(({ id }) => id);
    expect(missing).toContain(bare);
    expect(missing).not.toContain(whole);
    const unnamed = report.withoutRow.map(({ key }) => key);
    expect(unnamed).toEqual(
      expect.arrayContaining(["images/img_orphan.png", "images/img_half.png.0a-1b.tmp"]),
    );
    expect(unnamed).not.toContain("images/img_young.png");
    expect(unnamed).not.toContain(`images/${whole}.png`);
    expect(report.foreign).toBe(1);
    expect(await deleteUnnamed(report)).toBe(report.withoutRow.length);
    expect(await fs.readFile(directory("backups", "nightly.dump"), "utf8")).toContain("else's");
    expect((await reportFiles()).withoutRow).toEqual([]);
    expect((await call(getFile, { user, params: { id: whole } })).status).toBe(200);
    expect((await call(getFile, { user, params: { id: bare } })).status).toBe(404);
    await fs.rm(directory("images", "img_young.png"));
  });
});
