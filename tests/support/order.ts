import fs from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import { GET as getImage } from "@/app/api/images/[id]/route";
import { POST as createImage, GET as listImages } from "@/app/api/images/route";
import { getSettings } from "@/lib/server/env";
import { advanceImage, takeDueImages } from "@/lib/server/services/image-task";
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

/** The picture, where its next step is due and nobody else has taken it. */
export async function takeDueImage(id: string) {
  const [task] = await takeDueImages(1, { id });
  return task ?? null;
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
export function filesOnDisk(kind: "images" | "thumbs" = "images"): string[] {
  const directory = path.join(getSettings().DATA_DIR, "files", kind);
  return fs.existsSync(directory) ? fs.readdirSync(directory) : [];
}

/** Several pictures of one click. */
export async function orderedBatch(user: TestUser, change: object): Promise<ImageView[]> {
  const response = await order(user, change);
  expect(response.status).toBe(202);
  return ((await response.json()) as { images: ImageView[] }).images;
}

/** All pictures of a user, in the order they were asked for. */
export async function imagesOf(user: TestUser): Promise<ImageView[]> {
  const { images } = (await (await call(listImages, { user })).json()) as { images: ImageView[] };
  const clickedMs = ({ createdAt, batchIndex }: ImageView) => Date.parse(createdAt) + batchIndex;
  return images.sort((a, b) => clickedMs(a) - clickedMs(b) || a.batchIndex - b.batchIndex);
}

/** Makes the steps of a user that are due, as the background worker does. */
export async function workOn({ id: userId }: TestUser): Promise<void> {
  await Promise.all((await takeDueImages(20, { userId })).map(advanceImage));
}

/** Works until every picture of a user has ended. */
export function untilAllEnded(user: TestUser): Promise<ImageView[]> {
  return waitFor(async () => {
    await workOn(user);
    const images = await imagesOf(user);
    return images.every(({ status }) => ENDED.includes(status)) && images;
  });
}
