import { afterEach, describe, expect, it } from "vitest";
import type { ImageList, ImageView } from "@/lib/shared/schemas/image";
import { addAbove, joinPage, NO_FILTER } from "./image-requests";
import {
  dropFromKeptGallery,
  findKeptGallery,
  keepGallery,
  keepPlace,
  toNeighbours,
} from "./kept-gallery";

const picture = (n: number, status: ImageView["status"] = "done") =>
  ({ id: `img_${n}`, status, createdAt: new Date(n * 1_000).toISOString() }) as ImageView;
/** Newest first, from `to` down to `from`. */
const list = (to: number, from: number, nextCursor: string | null = null): ImageList => ({
  images: Array.from({ length: to - from + 1 }, (_, index) => picture(to - index)),
  nextCursor,
});
const heron = { ...NO_FILTER, q: "heron" };
const ALL = { newerId: "img_newer", olderId: "img_older" };

afterEach(() => keepGallery("nobody", { ...list(0, 1), filter: NO_FILTER }));

describe("what was left of a gallery", () => {
  it("is found by the one who left it, with its place, and by nobody else", () => {
    const shown = { ...list(3, 1), filter: heron };
    keepGallery("usr_1", shown);
    keepPlace({ id: "img_2", offset: -5 });
    expect(findKeptGallery("usr_1")).toMatchObject({ shown, place: { id: "img_2", offset: -5 } });
    expect(findKeptGallery("usr_2")).toBeNull();
    dropFromKeptGallery("img_2");
    expect(findKeptGallery("usr_1")?.shown.images.map(({ id }) => id)).toEqual(["img_3", "img_1"]);
  });

  it("leads the viewer through what a filter showed, finished pictures alone", () => {
    const images = [picture(9), picture(8, "failed"), picture(5), picture(2)];
    keepGallery("usr_1", { images, nextCursor: null, filter: heron });
    expect(toNeighbours("img_9", ALL)).toEqual({ newerId: null, olderId: "img_5" });
    expect(toNeighbours("img_5", ALL)).toEqual({ newerId: "img_9", olderId: "img_2" });
    expect(toNeighbours("img_2", ALL)).toEqual({ newerId: "img_5", olderId: null });
    expect(toNeighbours("img_7", ALL)).toEqual(ALL);
    keepGallery("usr_1", { images, nextCursor: "more", filter: heron });
    expect(toNeighbours("img_2", ALL)).toEqual({ newerId: "img_5", olderId: "img_older" });
    keepGallery("usr_1", { images, nextCursor: null, filter: NO_FILTER });
    expect(toNeighbours("img_5", ALL)).toEqual(ALL);
  });
});

it("a picture of another tab joins a list where it belongs, but not past what was read", () => {
  const ids = (joined: ImageList) => joined.images.map(({ id }) => id);
  expect(ids(addAbove(list(5, 4, "more"), [picture(6), picture(2)]))).toEqual([
    ...["img_6", "img_5", "img_4"],
  ]);
  expect(ids(addAbove(list(5, 4), [picture(6), picture(2)]))).toEqual([
    ...["img_6", "img_5", "img_4", "img_2"],
  ]);
});

describe("a first page and a list", () => {
  it("are one where they meet, or the page is all there is", () => {
    const ids = ({ images }: ImageList) => images.map(({ id }) => id);
    const joined = joinPage(list(30, 1, "old"), list(32, 9, "new"));
    expect(ids(joined)).toEqual(ids(list(32, 1)));
    expect(joined.nextCursor).toBe("old");
    expect(ids(joinPage(list(2, 1), list(5, 4)))).toEqual(["img_5", "img_4", "img_2", "img_1"]);
  });

  it("leave no hole where more was made meanwhile than a page has", () => {
    const page = list(90, 67, "new");
    expect(joinPage(list(50, 1), page)).toEqual(page);
  });
});
