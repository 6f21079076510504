import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { GET as getFile } from "@/app/api/uploads/[id]/file/route";
import { POST as upload } from "@/app/api/uploads/route";
import { getSettings } from "@/lib/server/env";
import { reencodePicture } from "@/lib/server/storage/picture";
import {
  call,
  createUser,
  errorOf,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  type TestUser,
} from "../support/api";
import { ask, CHAT_PATH } from "../support/ask";
import { chunk, hugePng, latin, OTHER_FORMATS, plain, withChunk } from "../support/odd-files";
import { png, send } from "../support/upload";

const MARK = "MARKER<script>alert(1)</script>";
const CLAIMS = ["image/png", "image/jpeg", "image/webp", "image/svg+xml", "text/html"];

const claim = (user: TestUser, bytes: Uint8Array, type: string) => {
  const request = new Request("http://localhost:3000/api/uploads", {
    method: "POST",
    headers: { "content-type": type, cookie: user.cookie, "accept-language": "en" },
    body: new Uint8Array(bytes),
  });
  return upload(request, { params: Promise.resolve({}) });
};

async function storedBytes(user: TestUser, id: string): Promise<Buffer> {
  const response = await call(getFile, { user, params: { id } });
  return Buffer.from(await response.arrayBuffer());
}

describe("UPL-01 what a file is, its bytes decide", () => {
  it("PNG, JPEG and WebP pass, whatever they claim to be", async () => {
    const user = await createUser();
    for (const format of ["png", "jpeg", "webp"] as const) {
      const bytes = await plain().toFormat(format).toBuffer();
      for (const type of CLAIMS) {
        const response = await claim(user, bytes, type);
        expect([format, type, response.status]).toEqual([format, type, 201]);
        const { id } = await response.json();
        const file = await call(getFile, { user, params: { id } });
        expect(file.headers.get("content-type")).toBe(`image/${format}`);
      }
    }
  });
  for (const [name, make] of Object.entries(OTHER_FORMATS)) {
    it(`${name} does not, whatever it claims to be`, async () => {
      const user = await createUser();
      for (const type of CLAIMS) {
        const error = await errorOf(await claim(user, await make(), type));
        expect(error).toMatchObject({ status: 415, code: "unsupported_picture" });
      }
      expect(await rowsOf(`select from "Upload" where "userId" = $1`, [user.id])).toEqual([]);
    });
  }
});

it("UPL-02 the decoder itself knows no other format", async () => {
  await expect(reencodePicture(await plain().png().toBuffer())).resolves.toBeDefined();
  for (const name of ["avif", "svg", "tiff", "gif", "pdf"]) {
    const bytes = await OTHER_FORMATS[name]?.();
    await expect(sharp(bytes).metadata()).rejects.toThrow(/unsupported image format/);
  }
});

it("UPL-03 a picture of nine hundred million pixels is refused by its header", async () => {
  const user = await createUser();
  const bytes = hugePng(30_000);
  expect(bytes.length).toBeLessThan(200_000);
  const before = process.memoryUsage().rss;
  const startedMs = performance.now();
  const error = await errorOf(await send(user, bytes));
  expect(error).toMatchObject({ status: 413, code: "picture_too_large" });
  expect(performance.now() - startedMs).toBeLessThan(1_000);
  expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
});

it("UPL-05 nothing of a second format behind the picture survives", async () => {
  const user = await createUser();
  const jpeg = await plain().jpeg().toBuffer();
  for (const bytes of [
    Buffer.concat([jpeg, Buffer.from(`<html>${MARK}`)]),
    Buffer.concat([await plain().png().toBuffer(), Buffer.from(`;${MARK}`)]),
    Buffer.concat([jpeg, Buffer.from(`PK\x03\x04${MARK}`)]),
  ]) {
    const { id } = await (await send(user, bytes)).json();
    const kept = await storedBytes(user, id);
    expect(kept.includes("MARKER")).toBe(false);
    expect(kept.length).toBeGreaterThan(60);
  }
});

it("UPL-06 neither place, nor author, nor prompt is kept", async () => {
  const user = await createUser();
  const exif = {
    IFD0: { Artist: "MARKER" },
    IFD3: { GPSLatitudeRef: "N", GPSLatitude: "39/1 54/1 0/1" },
  };
  const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>MARKER</a></x:xmpmeta>`;
  const texts = withChunk(
    await plain().png().toBuffer(),
    chunk("tEXt", latin("parameters\x00MARKER prompt")),
  );
  for (const bytes of [
    await plain().jpeg().withExif(exif).withXmp(xmp).toBuffer(),
    await plain().webp().withExif(exif).toBuffer(),
    await plain().png().withExif(exif).toBuffer(),
    texts,
  ]) {
    expect(bytes.includes("MARKER")).toBe(true);
    const { id } = await (await send(user, bytes)).json();
    const kept = await storedBytes(user, id);
    const { exif: left, xmp: leftXmp } = await sharp(kept).metadata();
    expect([kept.includes("MARKER"), left, leftXmp]).toEqual([false, undefined, undefined]);
  }
});

it("UPL-07 the name of a file is never asked for: keys and names are the server's own", async () => {
  const user = await createUser();
  const { id } = await (await send(user, await png())).json();
  const [row] = await rowsOf(`select "storageKey" from "Upload" where id = $1`, [id]);
  expect(row?.storageKey).toMatch(/^uploads\/upl_[a-z0-9]{25}_[a-z0-9]+\.png$/);
  const file = await call(getFile, { user, params: { id } });
  expect(file.headers.get("content-disposition")).toBe(`inline; filename="${id}.png"`);
  for (const name of ["../../x", "..%2f", "\u0000", "x".repeat(300), 'x"; filename*=', "CON"]) {
    const answer = await call(getFile, { user, params: { id: name } });
    expect([400, 404]).toContain((await errorOf(answer)).status);
  }
});

describe("UPL-08 a body past the cap", () => {
  const cap = () => getSettings().MAX_UPLOAD_BYTES;
  const request = (user: TestUser, body: BodyInit, length?: string) =>
    new Request("http://localhost:3000/api/uploads", {
      method: "POST",
      headers: {
        cookie: user.cookie,
        "accept-language": "en",
        ...(length && { "content-length": length }),
      },
      body,
      duplex: "half",
    } as RequestInit);
  const stream = (pieces: number, onPull: () => void) =>
    new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          onPull();
          if (pieces-- > 0) controller.enqueue(new Uint8Array(1_000_000));
          else controller.close();
        },
      },
      { highWaterMark: 0 },
    );

  it("is refused by its announced length, before it is read", async () => {
    const user = await createUser();
    let pulled = 0;
    const body = stream(100, () => {
      pulled += 1;
    });
    const answer = await upload(request(user, body, String(cap() + 1)), {
      params: Promise.resolve({}),
    });
    expect(await errorOf(answer)).toMatchObject({ status: 413, code: "body_too_large" });
    expect(pulled).toBe(0);
  });

  for (const [about, length] of [
    ["without a length", undefined],
    ["with a length that is a lie", "10"],
  ] as const) {
    it(`${about}, is cut off while it is read`, async () => {
      const user = await createUser();
      let pulled = 0;
      const body = stream(100, () => {
        pulled += 1;
      });
      const answer = await upload(request(user, body, length), { params: Promise.resolve({}) });
      expect(await errorOf(answer)).toMatchObject({ status: 413, code: "body_too_large" });
      expect(pulled).toBeLessThan(15);
    });
  }
});

describe("UPL-10 and SSR-01, SSR-02: pictures come as own uploads alone", () => {
  const ADDRESSES = [
    "data:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "data:image/png,not-base64",
    "data:image/png;base64, iVBO R w0K",
    "http://127.0.0.1:9/x.png",
    "https://example.com/x.png",
    "http://localhost:3000/api/me",
    "file:///etc/passwd",
  ];
  it("addresses and data of any kind are refused, and nobody is asked for them", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    for (const url of ADDRESSES) {
      for (const change of [
        { message: { text: "x", image_url: url } },
        { message: { text: "x", uploads: [url] } },
        { message: { text: "x", files: [{ url }] } },
        { message: { text: "x", parts: [{ type: "file", url, mediaType: "image/png" }] } },
        { message: { text: [{ type: "image_url", image_url: { url } }] } },
      ]) {
        expect(await errorOf(await ask(user, change))).toMatchObject({ status: 400 });
      }
    }
    expect(requestsTo(CHAT_PATH)).toEqual([]);
  });
  it("thirty pictures are too many, and so is one twice", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const ids = Array.from({ length: 30 }, (_unused, index) => `upl_${index}`);
    for (const uploads of [ids, ["upl_1", "upl_1"]]) {
      const error = await errorOf(await ask(user, { message: { text: "x", uploads } }));
      expect(error).toMatchObject({ status: 400, code: "invalid_request" });
    }
  });
});
