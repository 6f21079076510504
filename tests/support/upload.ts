import sharp from "sharp";
import { expect } from "vitest";
import { POST as upload } from "@/app/api/uploads/route";
import type { Upload } from "@/lib/shared/schemas/upload";
import type { TestUser } from "./api";

export const png = (width = 8, height = 6) =>
  sharp({ create: { width, height, channels: 3, background: "#285" } })
    .png()
    .withMetadata({ exif: { IFD0: { Artist: "Somebody" } } })
    .toBuffer();

export const send = (user: TestUser | null, bytes: Uint8Array) => {
  const request = new Request("http://localhost:3000/api/uploads", {
    method: "POST",
    headers: {
      "content-type": "image/png",
      ...(user && { cookie: user.cookie }),
      "accept-language": "en",
    },
    body: new Uint8Array(bytes),
  });
  return upload(request, { params: Promise.resolve({}) });
};
/** An upload that is taken. */
export async function uploaded(user: TestUser): Promise<Upload> {
  const response = await send(user, await png());
  expect(response.status).toBe(201);
  return response.json();
}
