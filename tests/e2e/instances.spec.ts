import { expect, type Page, test } from "@playwright/test";
import type { Conversation } from "@/lib/shared/schemas/conversation";
import { replyTo } from "@/simulator/replies";
import { type OwnInstances, startOwnInstances } from "./own-instances";
import { pickModel, TEXTS } from "./story";

const t = TEXTS.en;
test.use({ locale: "en" });
test.describe.configure({ mode: "serial", timeout: 180_000 });

let own: OwnInstances;
let page: Page;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000);
  own = await startOwnInstances(browser, 2, {
    chunkDelayMs: 60,
    slowFirstMs: 60_000,
    concurrency: 1,
  });
  page = own.page;
});

test.afterAll(() => own?.stop());

const answer = () => page.locator("[data-role=assistant]");
const readout = () => page.getByTestId("readout").last();

async function begin(question: string, model?: string): Promise<void> {
  await page.goto("/chat");
  if (model) await pickModel(page, "en", model);
  await page.getByLabel(t.chat.message).fill(question);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/chat\/cnv_/);
}

async function stored(): Promise<Conversation> {
  const id = new URL(page.url()).pathname.split("/").at(-1);
  return (await page.request.get(`/api/conversations/${id}`)).json();
}

/** The ledger rows of the conversation in view. */
async function rows() {
  const id = new URL(page.url()).pathname.split("/").at(-1);
  const { rows: found } = await own.database.query(
    `select u.status, u."isCall" from "UsageEntry" u join "Run" r on r.id = u."runId" where r."conversationId" = $1`,
    [id],
  );
  return found;
}

async function expectWhole(question: string): Promise<void> {
  await expect(readout()).toContainText(t.readout.status.complete, { timeout: 60_000 });
  const { messages } = await stored();
  expect(messages.map(({ text }) => text)).toEqual([question, replyTo(question).text]);
  await expect(answer()).toHaveCount(1);
  await expect(answer()).toContainText("pick a model that begins with");
  expect(await rows()).toEqual([{ status: "complete", isCall: true }]);
}

test("two instances: every reload meets the other one, and the text is whole, once", async () => {
  await begin("Which instance?");
  for (let times = 0; times < 3; times += 1) {
    await expect(answer()).toContainText("simulator");
    await page.reload();
  }
  await expectWhole("Which instance?");
});

test("two instances: Stop reaches the one that writes, whichever is asked", async () => {
  for (const skipped of [0, 1]) {
    await begin("Stop me", "simulator/endless");
    await expect(answer()).toContainText("simulator");
    // The turn of the other instance.
    for (let times = 0; times < skipped; times += 1) await page.request.get("/api/health");
    await page.reload();
    await expect(answer()).toContainText("simulator");
    await page.getByRole("button", { name: t.chat.stop }).click();
    await expect(readout()).toContainText(t.readout.status.stopped);
    expect(await rows()).toEqual([{ status: "stopped", isCall: true }]);
  }
});

test("two instances: one call of a token at a time", async () => {
  const other = await own.context.newPage();
  await begin("First in line");
  await other.goto("/chat");
  await other.getByLabel(t.chat.message).fill("Second in line");
  await other.keyboard.press("Enter");
  await expect(other.getByTestId("waiting")).toContainText("In line, 1 call before it");
  await expectWhole("First in line");
  await expect(other.getByTestId("readout")).toContainText(t.readout.status.complete, {
    timeout: 60_000,
  });
  await other.close();
});

test("a connection that is lost for long: the answer is read on, and a question waits to be sent", async () => {
  await begin("Hold the line");
  await expect(answer()).toContainText("You asked");
  own.instances.cut();
  await expect(page.getByText(t.chat.lost)).toBeVisible();
  await page.waitForTimeout(12_000);
  own.instances.mend();
  await expectWhole("Hold the line");
  own.instances.cut();
  await page.getByLabel(t.chat.message).fill("And offline?");
  await page.keyboard.press("Enter");
  await expect(page.getByText(t.chat.lost)).toBeVisible();
  await page.waitForTimeout(12_000);
  own.instances.mend();
  const complete = page.getByTestId("readout").filter({ hasText: t.readout.status.complete });
  await expect(complete).toHaveCount(2, { timeout: 60_000 });
  const { messages } = await stored();
  expect(messages.slice(2).map(({ text }) => text)).toEqual([
    "And offline?",
    replyTo("And offline?").text,
  ]);
  const row = { status: "complete", isCall: true };
  expect(await rows()).toEqual([row, row]);
  await page.getByLabel(t.chat.message).fill("Not any more");
  own.instances.cut();
  await page.keyboard.press("Enter");
  await expect(page.getByText(t.chat.lost)).toBeVisible();
  await page.getByRole("button", { name: t.chat.stop }).click();
  await expect(page.getByRole("list", { name: t.chat.queued })).toContainText("Not any more");
  own.instances.mend();
  await page.reload();
  await page.getByRole("button", { name: t.chat.sendHeld }).click();
  await expect(complete).toHaveCount(3, { timeout: 60_000 });
  await expect(page.getByRole("list", { name: t.chat.queued })).toHaveCount(0);
  expect(await rows()).toHaveLength(3);
});

test("sixty silent seconds of the upstream: the wait is told, and the text is whole", async () => {
  await begin("Slow?", "simulator/slow-first");
  await expect(page.getByTestId("waiting")).toContainText("without a first token", {
    timeout: 30_000,
  });
  await page.waitForTimeout(45_000);
  await expectWhole("Slow?");
});

/** Kills whoever produces the run in view. */
async function killProducers(): Promise<void> {
  await Promise.all(own.instances.all.map((instance) => instance.kill()));
}

const reborn = () => Promise.all(own.instances.all.map((instance) => instance.start()));

test("kill -9 while it waits in the lane: nothing was sent, and nothing is counted", async () => {
  const busy = await own.context.newPage();
  await busy.goto("/chat");
  await pickModel(busy, "en", "simulator/endless");
  await busy.getByLabel(t.chat.message).fill("Busy");
  await busy.keyboard.press("Enter");
  await expect(busy.locator("[data-role=assistant]")).toContainText("simulator");
  await begin("Waiting");
  await expect(page.getByTestId("waiting")).toContainText("In line");
  await killProducers();
  await reborn();
  await page.reload();
  await expect(readout()).toContainText(t.readout.status.interrupted, { timeout: 30_000 });
  expect((await stored()).messages[0]?.text).toBe("Waiting");
  expect(await rows()).toEqual([{ status: "interrupted", isCall: false }]);
  await busy.close();
});

test("kill -9 in the middle of the text: what came is kept, one row, no spinner for ever", async () => {
  await begin("Hello, middle");
  await expect(answer()).toContainText("You asked");
  await page.waitForTimeout(1_500);
  const seen = (await stored()).messages.at(-1)?.text ?? "";
  await killProducers();
  await reborn();
  await page.reload();
  await expect(readout()).toContainText(t.readout.status.interrupted, { timeout: 30_000 });
  const text = (await stored()).messages.at(-1)?.text ?? "";
  expect(text.startsWith(seen)).toBe(true);
  expect(replyTo("Hello, middle").text.startsWith(text)).toBe(true);
  expect(await rows()).toEqual([{ status: "interrupted", isCall: true }]);
  expect(
    await own.database.query(`select from "Run" where status in ('queued', 'streaming')`),
  ).toMatchObject({ rowCount: 0 });
});

test("kill -9 between the end of the text and its booking: the text is whole, booked once", async () => {
  await begin("Hello, end");
  await expect(answer()).toContainText("simulator");
  const id = new URL(page.url()).pathname.split("/").at(-1);
  const holder = await own.database.connect();
  await holder.query("begin");
  await holder.query(
    `select u.id from "UsageEntry" u join "Run" r on r.id = u."runId" where r."conversationId" = $1 for update of u`,
    [id],
  );
  await expect(answer()).toContainText("pick a model that begins with", { timeout: 60_000 });
  await page.waitForTimeout(1_500);
  await killProducers();
  await holder.query("rollback");
  holder.release();
  await reborn();
  await page.reload();
  await expect(readout()).toContainText(/Broken off|Complete/, { timeout: 30_000 });
  expect((await stored()).messages.at(-1)?.text).toBe(replyTo("Hello, end").text);
  expect(await rows()).toHaveLength(1);
  expect(await rows()).toMatchObject([{ isCall: true }]);
});

test("CRA-05: kill -9 of the instances that make a picture: it is copied once, submitted once", async () => {
  const submits = () =>
    own.simulator.state.requests.filter(({ path }) => path === "/v1/images/generations").length;
  const before = submits();
  const answer = await page.request.post("/api/images", {
    headers: { origin: own.instances.url, "idempotency-key": crypto.randomUUID() },
    data: { model: "Tongyi-MAI/Z-Image-Turbo", prompt: "A picture that outlives two instances" },
  });
  const { image } = await answer.json();
  const status = async () =>
    (await (await page.request.get(`/api/images/${image.id}`)).json()).image.status;
  await expect.poll(status, { timeout: 20_000 }).toMatch(/submitted|polling/);
  await own.instances.all[0]?.kill();
  await expect.poll(() => status().catch(() => "away"), { timeout: 60_000 }).toBe("done");
  await own.instances.all[0]?.start();
  expect(submits()).toBe(before + 1);
  const { rows: entries } = await own.database.query(
    `select "isCall" from "UsageEntry" where "imageId" = $1`,
    [image.id],
  );
  expect(entries).toEqual([{ isCall: true }]);
});
