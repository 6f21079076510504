import { type Browser, type CDPSession, chromium, type Page } from "@playwright/test";
import { median, printRow, printValue } from "../rows";
import type { Stage } from "./server-rows";

const TOKENS = 20_000;
const FRAME_MS = 1_000 / 60;
const DROPPED_MS = 1.5 * FRAME_MS;

async function openPage(browser: Browser, { app, cookies }: Stage): Promise<Page> {
  const [name = "", value = ""] = cookies[0]?.split("=") ?? [];
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies([{ name, value, url: app.url }]);
  return context.newPage();
}

type Frames = {
  longTaskMs: number;
  longestFrameMs: number;
  droppedShare: number;
  /** Seconds of work of the main thread, by quarter of the answer. */
  quarters: number[];
  paintedMs: number;
  typingMs: number;
};

/** Watches frames and long tasks from here on; `read` answers what was seen. */
const WATCH = () => {
  const log = document.querySelector("[role=log]");
  if (log) {
    new MutationObserver(() => {
      state.lastChangeMs = performance.now();
    }).observe(log, { subtree: true, childList: true, characterData: true });
  }
  const frames: [number, number][] = [];
  const tasks: [number, number][] = [];
  const state = { frames, tasks, isOn: true, lastChangeMs: 0, lastByteMs: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) tasks.push([entry.startTime, entry.duration]);
  }).observe({ entryTypes: ["longtask"] });
  let last = performance.now();
  const tick = (now: number) => {
    frames.push([now, now - last]);
    last = now;
    if (state.isOn) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  Object.assign(window, { benchState: state });
};

const findBox = (page: Page) =>
  page.locator("textarea[aria-label='Message'], textarea[aria-label='消息']");

/** Types a letter each quarter of a second and tells the longest wait until it was painted. */
async function measureTyping(page: Page, isOver: () => boolean): Promise<number> {
  const box = findBox(page);
  await box.focus();
  let longest = 0;
  while (!isOver()) {
    const waited = await box.evaluate(async (element) => {
      const startedMs = performance.now();
      (element as HTMLTextAreaElement).focus();
      document.execCommand("insertText", false, "x");
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
      return performance.now() - startedMs;
    });
    longest = Math.max(longest, waited);
    await page.waitForTimeout(250);
  }
  return longest;
}

/** The model of the bench's upstream, whatever the page has chosen; the moment of the last byte is noted. */
const REDIRECT = (model: string) => {
  const real = window.fetch;
  window.fetch = async (input, init) => {
    if (!String(input).endsWith("/api/chat") || typeof init?.body !== "string")
      return real(input, init);
    const body = JSON.stringify({ ...JSON.parse(init.body), model });
    const response = await real(input, { ...init, body });
    const note = new TransformStream({
      flush: () => {
        Object.assign((window as unknown as { benchState: object }).benchState, {
          lastByteMs: performance.now(),
        });
      },
    });
    return new Response(response.body?.pipeThrough(note) ?? null, response);
  };
};

/** Seconds that the page's main thread has worked. */
async function readTaskSeconds(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? Number.NaN;
}

/** The work of each quarter of the answer. */
async function measureQuarters(page: Page): Promise<number[]> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable");
  const seconds = [await readTaskSeconds(cdp)];
  for (let quarter = 0; quarter < 4; quarter += 1) {
    await page.waitForTimeout(TOKENS / 4);
    seconds.push(await readTaskSeconds(cdp));
  }
  return seconds.slice(1).map((at, index) => at - (seconds[index] ?? at));
}

/** What {@link WATCH} saw. */
const readFrames = (page: Page) =>
  page.evaluate((dropped) => {
    const { benchState } = window as unknown as {
      benchState: {
        frames: [number, number][];
        tasks: [number, number][];
        isOn: boolean;
        lastChangeMs: number;
        lastByteMs: number;
      };
    };
    benchState.isOn = false;
    const times = benchState.frames.map(([, ms]) => ms);
    return {
      longTaskMs: benchState.tasks.reduce((sum, [, ms]) => sum + ms, 0),
      longestFrameMs: Math.max(...times),
      droppedShare: times.filter((ms) => ms > dropped).length / times.length,
      paintedMs: benchState.lastChangeMs - benchState.lastByteMs,
    };
  }, DROPPED_MS);

async function renderOnce(page: Page, { app }: Stage): Promise<Frames> {
  await page.goto(`${app.url}/chat`);
  await page.evaluate(REDIRECT, `bench/c${TOKENS}-d1-prose`);
  await findBox(page).fill("Render a long answer");
  await page.evaluate(WATCH);
  await page.keyboard.press("Enter");
  let isOver = false;
  const typing = measureTyping(page, () => isOver);
  const quarters = await measureQuarters(page);
  const readout = page.getByTestId("readout");
  await readout.filter({ hasText: /Complete|完成/ }).waitFor({ timeout: 120_000 });
  isOver = true;
  return { ...(await readFrames(page)), quarters, typingMs: await typing };
}

/** A long answer in a real browser: does the page stay alive while it comes? */
async function render(stage: Stage): Promise<void> {
  const browser = await chromium.launch(launchOptions());
  const page = await openPage(browser, stage);
  const runs: Frames[] = [];
  for (let round = 0; round < 4; round += 1) {
    const found = await renderOnce(page, stage);
    process.stderr.write(`${JSON.stringify(found)}\n`);
    if (round > 0) runs.push(found);
  }
  const of = (pick: (frames: Frames) => number) => median(runs.map(pick));
  printValue(
    "render-long-tasks",
    of(({ longTaskMs }) => longTaskMs / 1_000),
    1.5,
    "s",
  );
  printValue(
    "render-dropped-frames",
    of(({ droppedShare }) => droppedShare),
    0.1,
    "share",
  );
  printValue(
    "render-longest-frame",
    of(({ longestFrameMs }) => longestFrameMs),
    100,
    "ms",
  );
  printRow(
    "render-last-quarter",
    of(({ quarters }) => quarters[3] ?? Number.NaN),
    of(({ quarters }) => quarters[1] ?? Number.NaN),
    1.3,
  );
  printValue(
    "render-painted",
    of(({ paintedMs }) => paintedMs / 1_000),
    0.5,
    "s after the last byte",
  );
  printValue(
    "render-typing",
    of(({ typingMs }) => typingMs),
    100,
    "ms",
  );
  await browser.close();
  process.stderr.write(`${TOKENS} tokens each\n`);
}

function launchOptions() {
  const isRoot = process.getuid?.() === 0;
  return {
    ...(process.env.CHROMIUM && { executablePath: process.env.CHROMIUM }),
    args: isRoot ? ["--no-sandbox", "--disable-dev-shm-usage"] : [],
  };
}

async function importLong({ app, cookies }: Stage, count: number): Promise<string> {
  const messages = Array.from({ length: count }, (_unused, index) => ({
    role: index % 2 === 0 ? "user" : "assistant",
    content: `Message ${index}. ${"Some words of it. ".repeat(30)}`,
  }));
  const response = await fetch(`${app.url}/api/conversations/import`, {
    method: "POST",
    headers: { cookie: cookies[0] ?? "", origin: app.url, "content-type": "application/json" },
    body: JSON.stringify({ title: `${count}`, messages }),
  });
  return (await response.json()).id;
}

/** From the navigation until the last message is painted. */
async function openTime(page: Page, url: string, last: string): Promise<number> {
  const startedMs = performance.now();
  await page.goto(url, { waitUntil: "commit" });
  await page.getByText(last).waitFor();
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0))),
  );
  return performance.now() - startedMs;
}

async function history(stage: Stage): Promise<void> {
  const browser = await chromium.launch(launchOptions());
  const page = await openPage(browser, stage);
  const [long, short] = [await importLong(stage, 1_000), await importLong(stage, 10)];
  const times = { long: [] as number[], short: [] as number[] };
  for (let round = 0; round < 9; round += 1) {
    const longMs = await openTime(page, `${stage.app.url}/chat/${long}`, "Message 999.");
    const shortMs = await openTime(page, `${stage.app.url}/chat/${short}`, "Message 9.");
    if (round < 2) continue;
    times.long.push(longMs);
    times.short.push(shortMs);
  }
  printRow("history", median(times.long), median(times.short), 1.5);
  await browser.close();
}

/** The rows that need a browser. */
export const BROWSER_ROWS: Record<string, (stage: Stage) => Promise<void>> = { history, render };
