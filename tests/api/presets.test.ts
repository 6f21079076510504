import { describe, expect, it } from "vitest";
import { DELETE, PATCH } from "@/app/api/presets/[id]/route";
import { GET, POST } from "@/app/api/presets/route";
import type { Preset } from "@/lib/shared/schemas/preset";
import { call, createUser, errorOf, type TestUser } from "../support/api";

const BODY = { name: "Translator", model: "Qwen/Qwen3-8B", settings: { temperature: 0 } };

const create = (user: TestUser | null, change: object = {}) =>
  call(POST, { method: "POST", user, body: { ...BODY, ...change } });
const change = (user: TestUser, id: string, body: object) =>
  call(PATCH, { method: "PATCH", user, params: { id }, body });
const list = async (user: TestUser): Promise<Preset[]> =>
  (await (await call(GET, { user })).json()).presets;

describe("presets", () => {
  it("are kept, changed, shared with the team and removed by their owner", async () => {
    const [owner, other] = [await createUser(), await createUser()];
    const preset: Preset = await (await create(owner)).json();
    expect(preset).toMatchObject({ ...BODY, isShared: false, isOwn: true });
    expect((await list(other)).map(({ id }) => id)).not.toContain(preset.id);
    await change(owner, preset.id, { isShared: true, name: "Team translator" });
    const seen = (await list(other)).find(({ id }) => id === preset.id);
    expect(seen).toMatchObject({ name: "Team translator", isOwn: false, ownerName: "Test User" });
    for (const response of [
      await change(other, preset.id, { name: "Mine" }),
      await call(DELETE, { method: "DELETE", user: other, params: { id: preset.id } }),
    ]) {
      expect(await errorOf(response)).toMatchObject({ status: 404 });
    }
    const removed = await call(DELETE, {
      method: "DELETE",
      user: owner,
      params: { id: preset.id },
    });
    expect(removed.status).toBe(204);
    expect((await list(other)).map(({ id }) => id)).not.toContain(preset.id);
  });

  it("have a name of their own for each user", async () => {
    const [user, other] = [await createUser(), await createUser()];
    await create(user);
    expect((await errorOf(await create(user))).fields).toHaveProperty("name");
    expect((await create(other)).status).toBe(201);
    const second: Preset = await (await create(user, { name: "Second" })).json();
    expect((await errorOf(await change(user, second.id, { name: "Translator" }))).status).toBe(400);
    expect((await change(user, second.id, { name: "Second" })).status).toBe(200);
  });

  it("hold only settings that could be sent", async () => {
    const user = await createUser();
    for (const wrong of [
      { name: "" },
      { settings: { temperature: 9 } },
      { settings: { apiKey: "x" } },
      { model: "no slash" },
      { userId: "usr_1" },
    ]) {
      expect(await errorOf(await create(user, wrong))).toMatchObject({ status: 400 });
    }
  });
});
