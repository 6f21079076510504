import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deleteFile, listFiles, putFile, readFile } from "@/lib/server/storage/files";
import type { ListedFile } from "@/lib/server/storage/store";
import { pointStoreTo } from "../support/point-store";
import { type S3Server, startS3Server } from "../support/s3-server";

let server: S3Server;

beforeAll(async () => {
  server = await startS3Server();
});
beforeEach(() => {
  pointStoreTo(server.url);
  server.objects.clear();
  server.requests.length = 0;
  server.faults.length = 0;
});
afterAll(async () => {
  pointStoreTo(undefined);
  await server.close();
});

const KEY = "images/img_1.png";
const bytes = Buffer.from("a picture".repeat(1_000));
const read = async (key: string) => {
  const file = await readFile(key);
  return file && { sizeBytes: file.sizeBytes, text: await text(file.body as never) };
};
const down = { code: "storage_down", status: 503 };
const methods = () => server.requests.map(({ method }) => method);

describe("a bucket", () => {
  it("keeps bytes under a key with its type, gives them back, and forgets them", async () => {
    await putFile(KEY, bytes);
    expect(server.objects.get(`team/${KEY}`)).toMatchObject({ type: "image/png", bytes });
    expect(await read(KEY)).toEqual({ sizeBytes: bytes.length, text: bytes.toString() });
    await putFile(KEY, Buffer.from("another"));
    expect(await read(KEY)).toMatchObject({ text: "another" });
    await deleteFile(KEY);
    await deleteFile(KEY);
    expect(await read(KEY)).toBeNull();
  });

  it("is private: no ACL is asked for, nothing answers without a signature", async () => {
    await putFile(KEY, bytes);
    const [put] = server.requests;
    expect(put?.headers["x-amz-acl"]).toBeUndefined();
    expect((await fetch(server.plainUrl(KEY))).status).toBe(403);
  });

  it("lists page by page what is below its prefix", async () => {
    const keys = Array.from({ length: 7 }, (_none, index) => `thumbs/img_${index}.webp`);
    for (const key of keys) await putFile(key, Buffer.from("x".repeat(3)));
    server.objects.set("other/images/img_9.png", {
      bytes: Buffer.from("not ours"),
      type: "image/png",
      modified: new Date(),
    });
    server.setPageSize(3);
    const listed: ListedFile[] = [];
    for await (const file of listFiles()) listed.push(file);
    server.setPageSize(1_000);
    expect(listed.map(({ key }) => key).sort()).toEqual(keys);
    expect(listed[0]).toMatchObject({ sizeBytes: 3, storedAt: expect.any(Date) });
    expect(methods().filter((method) => method === "GET")).toHaveLength(3);
  });

  it("refuses keys that are not of our making before anything is sent", async () => {
    for (const key of ["../secrets", "images/../x.png", "images/a b.png", "images/x.svg", ""]) {
      await expect(async () => putFile(key, bytes)).rejects.toThrow("not a key");
    }
    expect(server.requests).toEqual([]);
  });
});

describe("signatures", () => {
  it("with another secret, id or region are refused, and nothing is stored", async () => {
    const wrong = [
      server.url.replace("secret", "Secret"),
      server.url.replace("test-id", "other-id"),
      server.url.replace("cn-test", "cn-other"),
    ];
    for (const url of wrong) {
      pointStoreTo(url);
      await expect(putFile(KEY, bytes)).rejects.toMatchObject(down);
      await expect(readFile(KEY)).rejects.toMatchObject(down);
    }
    expect(server.objects.size).toBe(0);
    expect(methods()).toHaveLength(6);
  });
});

describe("CRA-11: faults of the store", () => {
  it("that pass are waited for", async () => {
    server.faults.push({ method: "PUT", kind: "status", status: 503, times: 2 });
    await putFile(KEY, bytes);
    expect(methods()).toEqual(["PUT", "PUT", "PUT"]);
    expect(await read(KEY)).toMatchObject({ sizeBytes: bytes.length });
  });

  it("that stay are told, and leave no object", async () => {
    server.faults.push({ method: "PUT", kind: "status", status: 503, times: 9 });
    await expect(putFile(KEY, bytes)).rejects.toMatchObject(down);
    expect(methods()).toHaveLength(3);
    expect(server.objects.size).toBe(0);
  });

  it("a cut upload leaves no half object, and is made again", async () => {
    server.faults.push({ method: "PUT", kind: "cut", times: 1 });
    await putFile(KEY, bytes);
    expect(server.objects.get(`team/${KEY}`)?.bytes.equals(bytes)).toBe(true);
    server.objects.clear();
    server.faults.push({ method: "PUT", kind: "cut", times: 3 });
    await expect(putFile(KEY, bytes)).rejects.toMatchObject(down);
    expect(server.objects.size).toBe(0);
  });

  it("a cut download fails aloud instead of ending early", async () => {
    await putFile(KEY, bytes);
    server.faults.push({ method: "GET", kind: "cut-answer", times: 1 });
    await expect(read(KEY)).rejects.toThrow();
  });

  it("names neither the secret nor an address", async () => {
    server.faults.push({ method: "GET", kind: "status", status: 503, times: 9 });
    const error = await readFile(KEY).catch((fault: unknown) => fault);
    const told = JSON.stringify(error, Object.getOwnPropertyNames(error));
    for (const secret of ["test/secret", "127.0.0.1", KEY]) expect(told).not.toContain(secret);
  });
});
