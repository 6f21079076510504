import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { reencodePicture, sniffFormat } from "./picture";

const blank = () => sharp({ create: { width: 8, height: 6, channels: 3, background: "#c40" } });

describe("pictures", () => {
  it("keep their format and size and lose their metadata and tails", async () => {
    for (const format of ["png", "jpeg", "webp"] as const) {
      const input = await blank()
        .withExif({ IFD0: { ImageDescription: "canary" } })
        .toFormat(format)
        .toBuffer();
      const picture = await reencodePicture(
        Buffer.concat([input, Buffer.from("<script>canary</script>")]),
      );
      expect(picture).toMatchObject({ format, mediaType: `image/${format}`, width: 8, height: 6 });
      expect(Buffer.from(picture.bytes).includes("canary")).toBe(false);
      expect(sniffFormat(picture.bytes)).toBe(format);
    }
  });

  const refused: [string, Buffer][] = [
    ["nothing", Buffer.alloc(0)],
    ["a page", Buffer.from("<html>")],
    ["SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ["GIF", Buffer.from("GIF89a\x01\x00\x01\x00")],
    [
      "PNG magic and junk",
      Buffer.concat([
        Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
        Buffer.alloc(64),
      ]),
    ],
  ];
  for (const [name, bytes] of refused) {
    it(`refuse ${name}`, async () => {
      await expect(reencodePicture(bytes)).rejects.toMatchObject({ code: "unsupported_picture" });
    });
  }

  it("cannot be decoded at all in formats that are not ours", async () => {
    const gif = await blank().gif().toBuffer();
    await expect(sharp(gif).metadata()).rejects.toThrow(/unsupported image format/);
    const tiff = await blank().tiff().toBuffer();
    await expect(sharp(tiff).metadata()).rejects.toThrow(/unsupported image format/);
  });
});
