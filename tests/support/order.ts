import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { GET as getImage } from "@/app/api/images/[id]/route";
import { POST as createImage } from "@/app/api/images/route";
import { getSettings } from "@/lib/server/env";
import { advanceImage, takeDueImage } from "@/lib/server/services/image-task";
import type { ImageView } from "@/lib/shared/schemas/image";
import { call, rowsOf, type TestUser, waitFor } from "./api";

export const SUBMIT_PATH = "/v1/images/generations";
export const IMAGE_MODEL = "Tongyi-MAI/Z-Image-Turbo";

const ENDED = ["done", "failed", "unknown", "needs_token", "cancelled"];

/** Orders a golden cat, or what `change` makes of it. */
export function order(
  user: TestUser | null,
  change: object = {},
  key: string = crypto.randomUUID(),
): Promise<Response> {
  const body = { model: IMAGE_MODEL, prompt: "A golden cat", size: "512x512", ...change };
  return call(createImage, { method: "POST", user, body, headers: { "idempotency-key": key } });
}

const imageOf = async (response: Response) =>
  ((await response.json()) as { image: ImageView }).image;

/** An order that is taken. */
export async function ordered(user: TestUser, change: object = {}): Promise<ImageView> {
  const response = await order(user, change);
  expect(response.status).toBe(202);
  return imageOf(response);
}

export async function readImage(user: TestUser, id: string): Promise<ImageView> {
  return imageOf(await call(getImage, { user, params: { id } }));
}

/** Makes the due steps, as the background worker does, until the picture has ended. */
export function untilEnded(user: TestUser, id: string): Promise<ImageView> {
  return waitFor(async () => {
    const image = await readImage(user, id);
    if (ENDED.includes(image.status)) return image;
    const task = await takeDueImage(id);
    if (task) await advanceImage(task);
    return null;
  });
}

/** Waits until ModelScope's task id is stored. */
export function untilSubmitted(id: string): Promise<number> {
  return waitFor(async () => {
    const rows = await rowsOf(`select 1 from "Image" where id = $1 and "taskId" is not null`, [id]);
    return rows.length;
  });
}

export async function imageLedgerRowOf(id: string) {
  return (await rowsOf(`select * from "UsageEntry" where "imageId" = $1`, [id]))[0];
}

/** Names of all stored pictures. */
export function filesOnDisk(): string[] {
  const directory = path.join(getSettings().DATA_DIR, "files/images");
  return fs.existsSync(directory) ? fs.readdirSync(directory) : [];
}
