import { describe, expect, it } from "vitest";
import { createUser, rowsOf, type TestUser } from "../support/api";
import { listConversations } from "../support/conversations";

let count = 0;

/** A conversation with one message. */
async function write(user: TestUser, title: string, text: string): Promise<string> {
  count += 1;
  const id = `cnv_search_${count}`;
  await rowsOf(
    `insert into "Conversation" (id, "userId", title, model) values ($1, $2, $3, 'a/b')`,
    [id, user.id, title],
  );
  await rowsOf(
    `insert into "Message" (id, "conversationId", "userId", role, text) values ($1, $2, $3, 'user', $4)`,
    [`msg_${id}`, id, user.id, text],
  );
  return id;
}

const find = async (user: TestUser, search: string) =>
  listConversations(user, `?search=${encodeURIComponent(search)}`);
const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);

describe("the search in titles and texts", () => {
  it("finds Chinese inside of a sentence, exactly as it stands there", async () => {
    const user = await createUser();
    const id = await write(user, "标题", "请问魔搭的限流有几种情况？谢谢。");
    for (const search of ["限流", "魔搭", "几种情况", "限", "标题", "魔搭 情况"]) {
      expect([search, idsOf(await find(user, search))]).toEqual([search, [id]]);
    }
    // The letters are all there, the word is not.
    expect(await find(user, "流限")).toEqual([]);
    expect(await find(user, "魔搭 没有")).toEqual([]);
  });

  it("finds words by their beginning, in any case, and tells where", async () => {
    const user = await createUser();
    const id = await write(user, "t", "The lane of a ModelScope token holds one call at a time.");
    const [found] = await find(user, "modelsc");
    expect(found).toMatchObject({ id, match: { messageId: `msg_${id}` } });
    expect(found?.match?.snippet).toContain("ModelScope token");
    expect(idsOf(await find(user, "LANE token"))).toEqual([id]);
    expect(await find(user, "lanes")).toEqual([]);
  });

  it("takes wildcards and quotes as letters", async () => {
    const user = await createUser();
    const id = await write(user, "t", "100% of it's a_b \\ c");
    await write(user, "t", "1000 of its axb");
    for (const search of ["100%", "it's", "a_b"]) {
      expect([search, idsOf(await find(user, search))]).toEqual([search, [id]]);
    }
    for (const search of ["%", "%%%%", "_", "' or 1=1--", "\\", ":*", "& | !", "？"]) {
      await expect(find(user, search)).resolves.toBeInstanceOf(Array);
    }
  });

  it("never finds what is another's", async () => {
    const [owner, other] = [await createUser(), await createUser()];
    await write(owner, "t", "机密的内容 secret");
    expect(await find(other, "机密")).toEqual([]);
    expect(await find(other, "secret")).toEqual([]);
  });

  it("is answered by the index, not by reading every message", async () => {
    const user = await createUser();
    await write(user, "t", "独一无二的词组");
    await rowsOf(
      `insert into "Message" (id, "conversationId", "userId", role, text)
       select 'msg_many_' || g, $1, $2, 'user', '第 ' || g || ' 条普通消息，说的是别的事情' from generate_series(1, 3000) g`,
      [`cnv_search_${count}`, user.id],
    );
    await rowsOf(`analyze "Message"`);
    const plan = await rowsOf(
      `explain select id from "Message" where "userId" = $1 and "isFindable" and search_terms(text) @@ search_query('独一')`,
      [user.id],
    );
    expect(JSON.stringify(plan)).toContain("Message_search_idx");
    expect(await find(user, "独一无二")).toHaveLength(1);
  });
});

it("pinned conversations stand before the first page, and columns of a comparison in none", async () => {
  const user = await createUser();
  await rowsOf(
    `insert into "Conversation" (id, "userId", title, model, "updatedAt", "pinnedAt", "isColumn")
     select $1 || g, $1, 'c' || g, 'a/b', now() - g * interval '1 s',
            case when g = 60 then now() end, g = 1
     from generate_series(1, 60) g`,
    [user.id],
  );
  const rows = await listConversations(user);
  expect(rows[0]).toMatchObject({ title: "c60", pinned: true });
  expect(rows).toHaveLength(51);
  expect(rows.some(({ title }) => title === "c1")).toBe(false);
});
