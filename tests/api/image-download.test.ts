import sharp from "sharp";
import { expect, it } from "vitest";
import { GET as getFile } from "@/app/api/images/[id]/file/route";
import { sniffFormat } from "@/lib/server/storage/picture";
import { readPictureTexts } from "@/lib/shared/recipe/picture-texts";
import { readRecipe } from "@/lib/shared/recipe/read-recipe";
import { call, createUser, errorOf, HEALTHY_TOKEN, type TestUser } from "../support/api";
import { IMAGE_MODEL, ordered, untilEnded } from "../support/order";

async function download(user: TestUser, id: string, query: string) {
  const answer = await call(getFile, {
    user,
    params: { id },
    path: `/api/images/${id}/file${query}`,
  });
  return { answer, bytes: new Uint8Array(await answer.clone().arrayBuffer()) };
}

const made = async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  const { id } = await ordered(user, { prompt: "水墨远山，“船”", seed: 7, steps: 9 });
  await untilEnded(user, id);
  return { user, id };
};

it("UPL-06 a picture is kept in each format, without a word of how it was made", async () => {
  const { user, id } = await made();
  for (const format of ["png", "jpeg", "webp"] as const) {
    const { answer, bytes } = await download(user, id, `?format=${format}`);
    expect(answer.headers.get("content-type")).toBe(`image/${format}`);
    const name = encodeURIComponent(`水墨远山-船-7.${format}`);
    expect(answer.headers.get("content-disposition")).toContain(`filename*=UTF-8''${name}`);
    expect(sniffFormat(bytes)).toBe(format);
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 512, height: 512 });
    const texts = [...(await readPictureTexts(bytes)).keys()];
    expect(texts.filter((key) => key !== "XML:com.adobe.xmp")).toEqual([]);
    for (const word of ["水墨", "seed", "Steps", user.id]) {
      expect(Buffer.from(bytes).includes(word)).toBe(false);
    }
    // That a machine made it stays in it.
    expect((await sharp(bytes).metadata()).xmpAsString).toContain(`<TC260:AIGC>{"Label":"1"`);
  }
});

it("on request it carries its recipe, which comes back exactly, and the mark of a machine", async () => {
  const { user, id } = await made();
  for (const query of ["?recipe=1", "?format=jpeg&recipe=1", "?format=webp&recipe=1"]) {
    const { bytes } = await download(user, id, query);
    expect(await readRecipe(bytes), query).toEqual({
      source: "ours",
      model: IMAGE_MODEL,
      prompt: "水墨远山，“船”",
      size: "512x512",
      steps: 9,
      seed: 7,
      others: {},
    });
    const xmp = (await sharp(bytes).metadata()).xmpAsString ?? "";
    expect(xmp, query).toContain(`<TC260:AIGC>{"Label":"1"`);
    // What other programs read: a chunk of a PNG, the comment of the others, in any letters.
    const texts = await readPictureTexts(bytes);
    const others = texts.get("parameters") ?? texts.get("comment");
    expect(others?.trim(), query).toMatch(
      /^水墨远山，“船”\nSteps: 9, Seed: 7, Size: 512x512, Model: /,
    );
  }
});

it("is for its owner alone, and for formats that we have", async () => {
  const { user, id } = await made();
  const other = await createUser();
  expect((await download(other, id, "?format=png&recipe=1")).answer.status).toBe(404);
  for (const query of ["?format=gif", "?recipe=yes", "?size=1"]) {
    expect(await errorOf((await download(user, id, query)).answer)).toMatchObject({ status: 400 });
  }
});
