import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { GET as listModels } from "@/app/api/models/route";
import { GET as exportCsv } from "@/app/api/usage/export.csv/route";
import { GET as getUsage } from "@/app/api/usage/route";
import { toLedgerDay } from "@/lib/shared/calendar";
import type { Usage } from "@/lib/shared/schemas/usage";
import { CHAT_MODELS, IMAGE_MODELS } from "@/simulator/models/all-models";
import type { Bill } from "@/simulator/state";
import { call, createUser, getSimulator, type TestUser, waitFor } from "../support/api";
import { CHAT_MODEL } from "../support/ask";
import { IMAGE_MODEL } from "../support/order";
import { ACTS, type Act, PLAN } from "../support/scripted-day";
import { tokenOf } from "../support/tokens";
import { readUsagePage } from "../support/usage-page";

/**
 * A day of two users, from one evening in China to the next, told to the simulator and to the app; what
 * the simulator billed, spoke and refused is held against what the app shows.
 */
const BEGIN = Date.parse("2026-11-24T12:00:00Z");
const STEP_MS = 216_000; // 400 calls in a day

type Done = { act: Act; day: string; hour: string; bill: Bill | null };

let users: TestUser[];
const done: Done[][] = [[], []];
const bills: Bill[][] = [[], []];

const zoneBefore = process.env.TZ;

beforeAll(async () => {
  process.env.TZ = "America/New_York"; // where clocks change; the ledger's day does not care
  vi.useFakeTimers({ toFake: ["Date"], now: BEGIN });
  const { state } = getSimulator();
  users = [await createUser({ token: tokenOf("1") }), await createUser({ token: tokenOf("8") })];
  // The list of prices is read behind everybody's back: wait until it is there.
  await waitFor(async () => {
    const { models } = await (await call(listModels, { user: users[0] ?? null })).json();
    return models.find(({ id }: { id: string }) => id === CHAT_MODEL)?.price != null;
  });
  for (const [index, { name, user: place }] of PLAN.entries()) {
    vi.setSystemTime(BEGIN + index * STEP_MS);
    state.options.era = index < 250 ? "magicube" : "daily";
    state.balances.clear();
    state.options.chunkDelayMs = name === "stopped" ? 1 : 0;
    const act = ACTS[name] as Act;
    const user = users[place] as TestUser;
    const before = state.bills.length;
    const at = new Date();
    await act.run(user);
    const day = toLedgerDay(at);
    const bill = state.bills.slice(before)[0] ?? null;
    done[place]?.push({
      act,
      day,
      hour: new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 13),
      bill,
    });
    bills[place]?.push(...state.bills.slice(before));
  }
}, 120_000);

afterAll(() => {
  Object.assign(getSimulator().state.options, { era: "magicube", chunkDelayMs: 1 });
  if (zoneBefore === undefined) delete process.env.TZ;
  else process.env.TZ = zoneBefore;
  vi.useRealTimers();
});

const priceOf = (model: string) => (CHAT_MODELS[model] ?? IMAGE_MODELS[model])?.price ?? 0;

/** What must be shown of some acts. */
function expected(acts: readonly Done[]) {
  const calls = acts.filter(({ act }) => act.isCall);
  const reported = calls.filter(({ act }) => act.isReported);
  const sum = (read: (one: Done) => number, of: readonly Done[]) =>
    of.reduce((all, one) => all + read(one), 0);
  return {
    calls: calls.length,
    attempts: acts.length - calls.length,
    images: calls.filter(({ act }) => act.kind === "image").length,
    succeeded: acts.filter(({ act }) => act.status === "complete").length,
    failed: acts.filter(({ act }) => ["failed", "interrupted", "unknown"].includes(act.status))
      .length,
    inputTokens:
      reported.length === 0 ? null : sum(({ bill }) => bill?.tokens?.input ?? Number.NaN, reported),
    outputTokens:
      reported.length === 0
        ? null
        : sum(({ bill }) => bill?.tokens?.output ?? Number.NaN, reported),
    unreported: calls.filter(({ act }) => act.kind === "chat" && !act.isReported).length,
    credits: calls.length === 0 ? null : sum(({ bill }) => priceOf(bill?.model ?? ""), calls),
    unpriced: 0,
  };
}

const RANGE = "from=2026-11-24&to=2026-11-25";
const usageOf = async (place: number, query: string): Promise<Usage> =>
  (await call(getUsage, { user: users[place] ?? null, path: `/api/usage?${query}` })).json();

describe.each([0, 1])("a day of 400 calls, user %i", (place) => {
  it("was billed by the simulator for every call of the booking table", () => {
    const charged = done[place]?.filter(({ act }) => act.isCall) ?? [];
    expect(charged.every(({ bill }) => bill !== null)).toBe(true);
    expect(new Set(done[place]?.map(({ act }) => act)).size).toBe(Object.keys(ACTS).length);
    expect(new Set(done[place]?.map(({ day }) => day))).toEqual(
      new Set(["2026-11-24", "2026-11-25"]),
    );
  });

  it("is shown in all, by day, hour, kind and result", async () => {
    const acts = done[place] ?? [];
    const usage = await usageOf(place, `${RANGE}&by=status`);
    expect(usage.total).toMatchObject(expected(acts));
    for (const status of new Set(acts.map(({ act }) => act.status))) {
      const group = usage.groups.find(({ key }) => key === status);
      expect(group).toMatchObject(expected(acts.filter(({ act }) => act.status === status)));
    }
    const byKind = await usageOf(place, `${RANGE}&by=kind`);
    for (const day of ["2026-11-24", "2026-11-25"]) {
      const ofDay = await usageOf(place, `from=${day}&to=${day}&by=kind`);
      for (const kind of ["chat", "image"]) {
        const sums = expected(acts.filter((one) => one.day === day && one.act.kind === kind));
        const { calls, attempts, credits } = sums;
        expect(ofDay.groups.find(({ key }) => key === kind)).toMatchObject(sums);
        expect(byKind.buckets.find((one) => one.at === day && one.key === kind)).toEqual({
          ...{ at: day, key: kind, calls, attempts, credits },
        });
      }
    }
    const byHour = await usageOf(place, `${RANGE}&bucket=hour&by=kind`);
    expect(byHour.total).toMatchObject(expected(acts));
    for (const hour of new Set(acts.map((one) => one.hour))) {
      const sums = byHour.buckets
        .filter(({ at }) => at === hour)
        .reduce((sum, { calls, attempts }) => sum + calls + attempts, 0);
      expect([hour, sums]).toEqual([hour, acts.filter((one) => one.hour === hour).length]);
    }
    const errors = usage.errors.reduce((sum, { count }) => sum + count, 0);
    expect(errors).toBe(
      acts.filter(({ act }) => ["failed", "interrupted", "unknown"].includes(act.status)).length,
    );
  });

  it("is written on the page as the simulator billed it", async () => {
    const acts = done[place] ?? [];
    const written = (value: number | null) =>
      value === null ? "unknown" : value.toLocaleString("en");
    const percent = ({ succeeded, failed }: ReturnType<typeof expected>) =>
      `${Number(((100 * succeeded) / (succeeded + failed)).toFixed(1))}%`;
    const page = readUsagePage(await usageOf(place, `${RANGE}&by=kind`));
    const sums = expected(acts);
    expect(page.cards).toMatchObject({
      calls: written(sums.calls),
      attempts: written(sums.attempts),
      images: written(sums.images),
      credits: written(sums.credits),
      success: percent(sums),
      "tokens-in": written(sums.inputTokens),
      "tokens-out": written(sums.outputTokens),
    });
    const byStatus = readUsagePage(await usageOf(place, `${RANGE}&by=status`), true);
    for (const status of new Set(acts.map(({ act }) => act.status))) {
      const tries = acts.filter(({ act }) => act.status === status).length;
      expect([status, byStatus.groups[status]?.[0]]).toEqual([status, written(tries)]);
    }
    for (const kind of ["chat", "image"]) {
      const { calls, credits, ...of } = expected(acts.filter(({ act }) => act.kind === kind));
      const tokens =
        of.inputTokens === null ? "—" : `${written(of.inputTokens)} / ${written(of.outputTokens)}`;
      const share = `${Number(((100 * calls) / sums.calls).toFixed(1))}%`;
      expect(page.groups[kind]).toEqual([
        ...[written(calls), written(credits), share, percent({ calls, credits, ...of }), tokens],
      ]);
    }
    const failed = sums.failed;
    expect(page.errors).toBe(
      `${failed}, ${Number(((100 * failed) / acts.length).toFixed(1))}% of all`,
    );
  });

  it("is in the file row by row, and nothing else is", async () => {
    const acts = done[place] ?? [];
    const text = await (
      await call(exportCsv, { user: users[place] ?? null, path: `/api/usage/export.csv?${RANGE}` })
    ).text();
    const [head = "", ...rows] = text.trim().split("\r\n");
    expect(rows).toHaveLength(acts.length);
    const names = head.replace("\ufeff", "").split(",");
    const cell = (row: string, name: string) => row.split(",")[names.indexOf(name)];
    const sum = (name: string) => rows.reduce((all, row) => all + Number(cell(row, name)), 0);
    const { calls, inputTokens, outputTokens, credits } = expected(acts);
    expect([sum("charged"), sum("input_tokens"), sum("output_tokens"), sum("magicubes")]).toEqual([
      calls,
      inputTokens,
      outputTokens,
      credits,
    ]);
    expect(rows.map((row) => cell(row, "status")).reverse()).toEqual(
      acts.map(({ act }) => act.status),
    );
    expect(rows.map((row) => cell(row, "day")).reverse()).toEqual(acts.map(({ day }) => day));
  });
});

it("TIM-03, TIM-11: what was refused is an attempt and never use, and one order never two", () => {
  const refused = done.flat().filter(({ act }) => act.status === "failed" && act.kind === "chat");
  expect(refused.length).toBeGreaterThan(40);
  const pictures = bills.flat().filter(({ model }) => model === IMAGE_MODEL).length;
  expect(pictures).toBe(done.flat().filter(({ act }) => act.kind === "image").length);
});
