import { describe, expect, it } from "vitest";
import { getSettings } from "@/lib/server/env";
import { reportFiles } from "@/lib/server/services/files-report";
import { deleteExpired } from "@/lib/server/services/sweep";
import { readFile } from "@/lib/server/storage/files";
import { createUser, errorOf, HEALTHY_TOKEN, rowsOf } from "../support/api";
import { ask } from "../support/ask";
import { latin, plain } from "../support/odd-files";
import { readUiStream } from "../support/ui-stream";
import { png, send, uploaded } from "../support/upload";

it("UPL-11 twenty uploads at once, with room for one: one is taken, and no file is left of the others", async () => {
  const user = await createUser();
  const first = (await (await send(user, await png(64, 64))).json()) as { sizeBytes: number };
  const before = getSettings().MAX_USER_UPLOAD_BYTES;
  getSettings().MAX_USER_UPLOAD_BYTES = first.sizeBytes * 2;
  const picture = await png(64, 64);
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(user, picture)));
  getSettings().MAX_USER_UPLOAD_BYTES = before;
  const statuses = answers.map(({ status }) => status).sort();
  expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 413)]);
  const rows = await rowsOf(`select "storageKey" as key from "Upload" where "userId" = $1`, [
    user.id,
  ]);
  expect(rows).toHaveLength(2);
  const { withoutRow } = await reportFiles({ settledMs: 0 });
  expect(withoutRow.filter(({ key }) => key.startsWith("uploads/"))).toEqual([]);
});

it("UPL-12 what was never sent is gone after a day, what is named stays, files follow rows", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  const [unsent, young, asked, gridded] = await Promise.all([
    uploaded(user),
    uploaded(user),
    uploaded(user),
    uploaded(user),
  ]);
  await readUiStream(
    await ask(user, {
      model: "Qwen/Qwen3.5-35B-A3B",
      message: { text: "Look", uploads: [asked.id] },
    }),
  );
  const plan = { order: { uploads: [gridded.id] } };
  await rowsOf(
    `insert into "ImageGrid" (id, "userId", "idempotencyKey", "bodyHash", plan) values ($1, $2, $1, 'x', $3)`,
    [`grd_${user.id}`, user.id, JSON.stringify(plan)],
  );
  await rowsOf(
    `update "Upload" set "createdAt" = now() - interval '25 hours' where "userId" = $1 and id <> $2`,
    [user.id, young.id],
  );
  const keyOf = async (id: string) =>
    (await rowsOf(`select "storageKey" as key from "Upload" where id = $1`, [id]))[0]
      ?.key as string;
  const key = await keyOf(unsent.id);
  await deleteExpired();
  const left = await rowsOf(`select id from "Upload" where "userId" = $1`, [user.id]);
  expect(left.map(({ id }) => id).sort()).toEqual([young.id, asked.id, gridded.id].sort());
  expect(await readFile(key)).toBeNull();
  expect(await readFile(await keyOf(asked.id))).not.toBeNull();
});

describe("UPL-14 a picture that the decoder stumbles over", () => {
  const broken: [string, () => Promise<Buffer>][] = [
    ["cut off", async () => (await png(200, 200)).subarray(0, 120)],
    [
      "with a wrong checksum",
      async () => {
        const bytes = Buffer.from(await png(200, 200));
        const at = bytes.indexOf("IDAT") + 6;
        bytes.fill(0xff, at, at + 40);
        return bytes;
      },
    ],
    ["of the head alone", async () => (await png(200, 200)).subarray(0, 33)],
    [
      "a JPEG that is cut off",
      async () => (await plain().resize(400, 400).jpeg().toBuffer()).subarray(0, 300),
    ],
    [
      "a WebP of rubbish",
      async () => Buffer.concat([latin("RIFF\x40\0\0\0WEBPVP8 "), Buffer.alloc(64, 7)]),
    ],
  ];
  for (const [name, make] of broken) {
    it(`${name}: that request is refused, the next is served`, async () => {
      const user = await createUser();
      const [bad, good] = await Promise.all([send(user, await make()), send(user, await png())]);
      expect(await errorOf(bad)).toMatchObject({ status: 415, code: "unsupported_picture" });
      expect(good.status).toBe(201);
    });
  }
});
