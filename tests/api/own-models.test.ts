import { expect, it } from "vitest";
import { PUT as setFavourite } from "@/app/api/models/favourites/route";
import { GET as listModels } from "@/app/api/models/route";
import type { Model } from "@/lib/shared/schemas/model";
import { call, createUser, HEALTHY_TOKEN, rowsOf, type TestUser } from "../support/api";
import { ask } from "../support/ask";
import { readUiStream } from "../support/ui-stream";

const find = async (user: TestUser, id: string): Promise<Model | undefined> => {
  const { models } = await (await call(listModels, { user })).json();
  return models.find((model: Model) => model.id === id);
};
const mark = (user: TestUser, model: string, isFavourite: boolean) =>
  call(setFavourite, { method: "PUT", user, body: { model, isFavourite } });

it("a favourite that one user takes out stays another's", async () => {
  const [user, other] = [await createUser(), await createUser()];
  for (const owner of [user, other]) await mark(owner, "ZhipuAI/GLM-5.2", true);
  await mark(user, "ZhipuAI/GLM-5.2", false);
  expect((await find(user, "ZhipuAI/GLM-5.2"))?.isFavourite).toBe(false);
  expect((await find(other, "ZhipuAI/GLM-5.2"))?.isFavourite).toBe(true);
});

it("200 favourites of one user leave room for another's, and the 200th is taken", async () => {
  const [user, other] = [await createUser(), await createUser()];
  await rowsOf(
    `insert into "FavouriteModel" ("userId", model) select $1, 'a/b' || n from generate_series(1, 199) n`,
    [user.id],
  );
  expect((await mark(user, "a/b", true)).status).toBe(204);
  expect((await mark(user, "a/c", true)).status).toBe(400);
  expect((await mark(other, "a/b", true)).status).toBe(204);
});

it("a model that was called is in its user's list, though ModelScope lists it nowhere", async () => {
  const [user, other] = [await createUser({ token: HEALTHY_TOKEN }), await createUser()];
  const model = "Qwen/Qwen3-1.7B:DashScope";
  expect((await readUiStream(await ask(user, { model }))).readout.status).toBe("complete");
  expect(await find(user, model)).toMatchObject({
    state: "unlisted",
    lastUsedAt: expect.any(String),
  });
  expect(await find(other, model)).toBeUndefined();
});
