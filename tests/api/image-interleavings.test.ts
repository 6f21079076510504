import fc from "fast-check";
import { expect, it } from "vitest";
import { POST as cancel } from "@/app/api/images/[id]/cancel/route";
import { POST as check } from "@/app/api/images/[id]/check/route";
import { GET as getFile } from "@/app/api/images/[id]/file/route";
import { DELETE as deleteImage } from "@/app/api/images/[id]/route";
import { beginSubmit } from "@/lib/server/db/image-lane";
import { takeDueImages } from "@/lib/server/services/image-task";
import type { ImageView } from "@/lib/shared/schemas/image";
import {
  call,
  createUser,
  getSimulator,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  type TestUser,
} from "../support/api";
import { filesOnDisk, imagesOf, order, SUBMIT_PATH, untilAllEnded, workOn } from "../support/order";

const VERBS = [
  "click",
  "twice",
  "work",
  "die",
  "die in the request",
  "cancel",
  "delete",
  "check",
] as const;
type Step = { verb: (typeof VERBS)[number]; which: 0 | 1 };
const END_STATES = ["done", "failed", "unknown", "needs_token", "cancelled"];

/** Two pictures that one user clicks, in any order with everything that can happen to them. */
class Story {
  readonly user: TestUser;
  /** Every picture that was ever there. */
  readonly ids = new Set<string>();
  // After a deletion the same button is another click, with a key of its own.
  readonly #keys = [crypto.randomUUID(), crypto.randomUUID()];
  readonly #ids: [string | null, string | null] = [null, null];

  constructor(user: TestUser) {
    this.user = user;
  }

  async #click(which: 0 | 1): Promise<void> {
    const key = this.#keys[which];
    const response = await order(this.user, { prompt: `A boat, click ${key}` }, key);
    expect(response.status).toBe(202);
    const { image } = (await response.json()) as { image: ImageView };
    this.#ids[which] = image.id;
    this.ids.add(image.id);
  }

  /** A process takes the next steps and is gone; its lease runs out. */
  async #die(isInRequest: boolean): Promise<void> {
    for (const task of await takeDueImages(5, { userId: this.user.id })) {
      if (isInRequest && task.status === "new") await beginSubmit(task.id);
      await rowsOf(`update "Image" set "leaseUntil" = now() - interval '1 s' where id = $1`, [
        task.id,
      ]);
    }
  }

  async take({ verb, which }: Step): Promise<void> {
    const id = this.#ids[which];
    const on = (handler: Parameters<typeof call>[0], method: string) =>
      id ? call(handler, { method, user: this.user, params: { id } }) : undefined;
    switch (verb) {
      case "click":
        return this.#click(which);
      case "twice":
        await Promise.all([this.#click(which), this.#click(which)]);
        return undefined;
      case "work":
        return workOn(this.user);
      case "die":
        return this.#die(false);
      case "die in the request":
        return this.#die(true);
      case "cancel":
        await on(cancel, "POST");
        return undefined;
      case "check":
        await on(check, "POST");
        return undefined;
      case "delete":
        await on(deleteImage, "DELETE");
        if (id) this.#keys[which] = crypto.randomUUID();
        this.#ids[which] = null;
        return undefined;
    }
  }
}

const submitsOf = (prompt: string) =>
  requestsTo(SUBMIT_PATH).filter(({ body }) => Object(body).prompt === prompt).length;

async function expectSound(story: Story): Promise<void> {
  const { user } = story;
  const images = await untilAllEnded(user);
  // An order that was under way when its picture was deleted still ends.
  await new Promise((resolve) => setTimeout(resolve, 30));
  for (const image of images) {
    expect(END_STATES).toContain(image.status);
    expect(submitsOf(image.prompt)).toBeLessThanOrEqual(1);
    const rows = await rowsOf(`select status, "isCall" from "UsageEntry" where "imageId" = $1`, [
      image.id,
    ]);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.status).not.toBe("open");
    const files = filesOnDisk().filter((name) => name.startsWith(`${image.id}_`));
    expect(files).toHaveLength(image.status === "done" ? 1 : 0);
    const file = await call(getFile, { user, params: { id: image.id } });
    expect(file.status).toBe(image.status === "done" ? 200 : 404);
    await file.body?.cancel();
  }
  const known = new Set((await imagesOf(user)).map(({ id }) => id));
  for (const id of [...story.ids].filter((one) => !known.has(one))) {
    expect(filesOnDisk().filter((name) => name.startsWith(`${id}_`))).toEqual([]);
    expect(
      await rowsOf(`select from "UsageEntry" where "imageId" = $1 and status = 'open'`, [id]),
    ).toEqual([]);
  }
}

it("any order of click, retry, crash, poll, cancel and delete ends in one state, with one submit, one file, one row", async () => {
  const step = fc.record<Step>({
    verb: fc.constantFrom(...VERBS),
    which: fc.constantFrom(0 as const, 1 as const),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      getSimulator().state.requests.length = 0;
      const story = new Story(await createUser({ token: HEALTHY_TOKEN }));
      await story.take({ verb: "click", which: 0 });
      for (const one of steps) await story.take(one);
      await expectSound(story);
    }),
    { numRuns: 40 },
  );
}, 120_000);
