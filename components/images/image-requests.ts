import { callApi, sendApi } from "@/lib/client/api";
import {
  ACTIVE_STATUSES,
  type CreateImageBody,
  type ImageGroup,
  type ImageList,
  type ImageView,
  imageAnswerSchema,
  imageListSchema,
  imageOrderSchema,
} from "@/lib/shared/schemas/image";

/** What the gallery shows; empty texts are no filter. Days as YYYY-MM-DD, of this browser's zone. */
export type GalleryFilter = {
  group: ImageGroup;
  q: string;
  model: string;
  from: string;
  to: string;
};

export const NO_FILTER: GalleryFilter = { group: "all", q: "", model: "", from: "", to: "" };

/** Whether a filter leaves anything out. */
export const isNarrowed = ({ group, q, model, from, to }: GalleryFilter) =>
  group !== "all" || [q.trim(), model, from, to].some((text) => text !== "");

export const isActive = ({ status }: ImageView) => ACTIVE_STATUSES.includes(status);

/** The beginning of a day, or of the one after it. */
function toInstant(day: string, plusDays = 0): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + plusDays).toISOString();
}

function toPath({ group, q, model, from, to }: GalleryFilter, cursor: string | null): string {
  const query = new URLSearchParams({ group });
  if (q.trim()) query.set("q", q.trim());
  if (model) query.set("model", model);
  if (from) query.set("from", toInstant(from));
  if (to) query.set("to", toInstant(to, 1));
  if (cursor) query.set("cursor", cursor);
  return `/api/images?${query}`;
}

const newestFirst = (a: ImageView, b: ImageView) =>
  b.createdAt.localeCompare(a.createdAt) || b.id.localeCompare(a.id);

/** One page of what a filter shows. */
export const readPage = (filter: GalleryFilter, cursor: string | null): Promise<ImageList> =>
  callApi(imageListSchema, toPath(filter, cursor));

/** All that are being made. */
export const readActive = (): Promise<ImageList> =>
  callApi(imageListSchema, "/api/images?group=active");

export const readImage = (id: string): Promise<ImageView> =>
  callApi(imageAnswerSchema, `/api/images/${id}`).then(({ image }) => image);

/** Orders pictures under a key made for this click. Throws `ApiError`. */
export const orderImages = (body: CreateImageBody, idempotencyKey: string): Promise<ImageView[]> =>
  callApi(imageOrderSchema, "/api/images", {
    method: "POST",
    body,
    headers: { "idempotency-key": idempotencyKey },
  }).then(({ images }) => images);

/** Asks ModelScope once more for a picture that was given up; null where that was refused. */
export const checkImage = (id: string): Promise<ImageView | null> =>
  callApi(imageAnswerSchema, `/api/images/${id}/check`, { method: "POST" }).then(
    ({ image }) => image,
    () => null,
  );

export const cancelImages = (ids: string[]): Promise<void> =>
  sendApi("/api/images/cancel", { method: "POST", body: { ids } }).catch(() => undefined);

/** The list with newer versions of some of its pictures. */
export function putImages(list: ImageList, images: readonly ImageView[]): ImageList {
  const byId = new Map(images.map((image) => [image.id, image]));
  return { ...list, images: list.images.map((old) => byId.get(old.id) ?? old) };
}

/** The list with pictures that may be new in it, in the place of their time. */
export function addImages(list: ImageList, images: readonly ImageView[]): ImageList {
  const ids = new Set(images.map(({ id }) => id));
  const others = list.images.filter(({ id }) => !ids.has(id));
  return { ...list, images: [...images, ...others].sort(newestFirst) };
}

/** The list with those of some pictures that belong before its end: what comes after that is read later. */
export function addAbove(list: ImageList, images: readonly ImageView[]): ImageList {
  const last = list.nextCursor === null ? undefined : list.images.at(-1);
  return addImages(
    list,
    images.filter((image) => !last || newestFirst(image, last) <= 0),
  );
}

/** The list with the first page of what its filter shows now. */
export function joinPage(list: ImageList, page: ImageList): ImageList {
  const ids = new Set(list.images.map(({ id }) => id));
  const meets = page.nextCursor === null || page.images.some(({ id }) => ids.has(id));
  // Between the two there may be more than either has.
  return meets ? addImages(list, page.images) : page;
}

const MAX_PAGES_AGAIN = 20;

/** What a filter shows, as many as `count` at least where there are so many; null where it cannot be read. */
export async function readAgain(filter: GalleryFilter, count: number): Promise<ImageList | null> {
  let list: ImageList = { images: [], nextCursor: null };
  for (let page = 0; page < MAX_PAGES_AGAIN; page += 1) {
    const next = await readPage(filter, list.nextCursor).catch(() => null);
    if (!next) return null;
    list = { images: [...list.images, ...next.images], nextCursor: next.nextCursor };
    if (next.nextCursor === null || list.images.length >= count) break;
  }
  return list;
}
