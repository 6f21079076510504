import { describe, expect, it } from "vitest";
import { createUser, errorOf, HEALTHY_TOKEN, requestsTo } from "../support/api";
import { imageLedgerRowOf, order, ordered, SUBMIT_PATH, untilEnded } from "../support/order";
import { uploaded } from "../support/upload";

describe("editing a picture", () => {
  const EDIT = "Qwen/Qwen-Image-Edit-2511";
  it("sends the user's own pictures and books an edit", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id: uploadId } = await uploaded(user);
    const { id } = await ordered(user, { model: EDIT, uploads: [uploadId] });
    expect(await untilEnded(user, id)).toMatchObject({ status: "done", uploads: [uploadId] });
    const sent = requestsTo(SUBMIT_PATH)[0]?.body;
    expect(sent).toMatchObject({ image_url: [expect.stringMatching(/^data:image\/png;base64,/)] });
    expect(await imageLedgerRowOf(id)).toMatchObject({ kind: "edit", isCall: true });
  });

  it("is refused without a picture, with too many, on other models, or with another's", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const { id } = await uploaded(user);
    const fieldsOf = async (change: object) =>
      (await errorOf(await order(user, change))).fields ?? {};
    expect(await fieldsOf({ model: EDIT })).toHaveProperty("model");
    const four = await Promise.all(
      Array.from({ length: 4 }, async () => (await uploaded(user)).id),
    );
    expect(await fieldsOf({ model: EDIT, uploads: four })).toHaveProperty("model");
    expect(await fieldsOf({ model: EDIT, uploads: [id, id] })).toHaveProperty("uploads");
    expect(await fieldsOf({ uploads: [id] })).toHaveProperty("model");
    const other = await createUser({ token: HEALTHY_TOKEN });
    expect((await order(other, { model: EDIT, uploads: [id] })).status).toBe(404);
    expect(requestsTo(SUBMIT_PATH)).toEqual([]);
  });
});

it("LoRAs are sent as ModelScope takes them: one as a string, several as a map", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  const one = [{ id: "owner/one", weight: 0.8 }];
  const two = [
    { id: "owner/one", weight: 0.6 },
    { id: "owner/two", weight: 0.4 },
  ];
  for (const loras of [one, two]) {
    const { id } = await ordered(user, { loras });
    expect(await untilEnded(user, id)).toMatchObject({ status: "done", parameters: { loras } });
  }
  const sent = requestsTo(SUBMIT_PATH).map(({ body }) => (body as { loras: unknown }).loras);
  expect(sent).toEqual(["owner/one", { "owner/one": 0.6, "owner/two": 0.4 }]);
});
