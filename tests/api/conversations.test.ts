import { describe, expect, it } from "vitest";
import { DELETE, PATCH, GET as read } from "@/app/api/conversations/[id]/route";
import { POST as create, GET as list } from "@/app/api/conversations/route";
import { call, createUser, errorOf, rowsOf, type TestUser } from "../support/api";

const MODEL = "Qwen/Qwen3.5-35B-A3B";

async function make(user: TestUser, title: string): Promise<string> {
  const response = await call(create, { method: "POST", user, body: { title, model: MODEL } });
  expect(response.status).toBe(201);
  return (await response.json()).id;
}

const titles = async (user: TestUser, query = "") => {
  const { conversations } = await (
    await call(list, { user, path: `/api/conversations${query}` })
  ).json();
  return conversations.map((row: { title: string }) => row.title);
};

describe("conversations", () => {
  it("are made, renamed, pinned, listed and deleted by their owner", async () => {
    const user = await createUser();
    const id = await make(user, "First");
    const renamed = await call(PATCH, {
      method: "PATCH",
      user,
      params: { id },
      body: { title: "Second", pinned: true },
    });
    expect(await renamed.json()).toMatchObject({ title: "Second", pinned: true, messages: [] });
    expect(await titles(user)).toEqual(["Second"]);
    expect((await call(DELETE, { method: "DELETE", user, params: { id } })).status).toBe(204);
    expect(await titles(user)).toEqual([]);
    expect((await call(DELETE, { method: "DELETE", user, params: { id } })).status).toBe(404);
  });

  it("of others answer like missing ones and stay as they are", async () => {
    const [owner, other] = [await createUser(), await createUser()];
    const id = await make(owner, "Mine");
    const calls = [
      call(read, { user: other, params: { id } }),
      call(PATCH, { method: "PATCH", user: other, params: { id }, body: { title: "Taken" } }),
      call(DELETE, { method: "DELETE", user: other, params: { id } }),
      call(read, { user: other, params: { id: "cnv_missing" } }),
    ];
    for (const response of await Promise.all(calls)) {
      expect(await errorOf(response)).toMatchObject({ status: 404, code: "not_found" });
    }
    expect(await titles(owner)).toEqual(["Mine"]);
    expect(await titles(other)).toEqual([]);
  });

  it("are found by their title, wildcards being letters like others", async () => {
    const user = await createUser();
    for (const title of ["100% sure", "a_b", "plain"]) await make(user, title);
    expect(await titles(user, "?search=PLAIN")).toEqual(["plain"]);
    expect(await titles(user, "?search=%25")).toEqual(["100% sure"]);
    expect(await titles(user, "?search=_")).toEqual(["a_b"]);
    expect(await titles(user, `?search=${encodeURIComponent("' OR 1=1--")}`)).toEqual([]);
  });

  it("come in pages without gap or repeat", async () => {
    const user = await createUser();
    await rowsOf(
      `insert into "Conversation" (id, "userId", title, model, "updatedAt")
       select $1 || g, $1, 'c' || g, 'a/b', now() - (g / 4) * interval '1 s' from generate_series(1, 120) g`,
      [user.id],
    );
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const query: string = cursor ? `?cursor=${cursor}` : "";
      const page = await (await call(list, { user, path: `/api/conversations${query}` })).json();
      expect(page.total).toBe(120);
      seen.push(...page.conversations.map((row: { id: string }) => row.id));
      cursor = page.nextCursor;
    }
    expect(new Set(seen).size).toBe(120);
    expect(seen).toHaveLength(120);
  });

  it("refuse empty titles, objects and unknown keys", async () => {
    const user = await createUser();
    const id = await make(user, "x");
    for (const body of [
      { title: "" },
      { title: { set: "y" } },
      { userId: "usr_1" },
      { pinned: "yes" },
    ]) {
      const error = await errorOf(
        await call(PATCH, { method: "PATCH", user, params: { id }, body }),
      );
      expect(error).toMatchObject({ status: 400, code: "invalid_request" });
    }
    expect(await titles(user)).toEqual(["x"]);
  });
});
