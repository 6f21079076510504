import { getSettings } from "@/lib/server/env";
import { answerWith, breakPath, getSimulator, rowsOf, type TestUser, waitFor } from "./api";
import { ask, CHAT_MODEL, CHAT_PATH } from "./ask";
import { order, untilAllEnded } from "./order";
import { runIdOf, stopRun, waitForText } from "./runs";
import { readUiStream } from "./ui-stream";

/** What the ledger must say of one act, beside what the simulator says. */
export type Act = {
  status: "complete" | "stopped" | "interrupted" | "failed" | "unknown";
  /** Whether the booking table counts it as a call. */
  isCall: boolean;
  /** Whether tokens are those the simulator spoke. */
  isReported: boolean;
  kind: "chat" | "image";
  run: (user: TestUser) => Promise<unknown>;
};

const newestStatus = async ({ id }: TestUser) =>
  (
    await rowsOf(
      `select status from "UsageEntry" where "userId" = $1 order by "startedAt" desc limit 1`,
      [id],
    )
  )[0]?.status;

const chat = (user: TestUser, model = CHAT_MODEL) => ask(user, { model }).then(readUiStream);
const intercepted = (set: () => void) => async (user: TestUser) => {
  set();
  await chat(user);
  getSimulator().state.interceptors.clear();
};

export const ACTS: Record<string, Act> = {
  "complete, usage frame": {
    status: "complete",
    isCall: true,
    isReported: true,
    kind: "chat",
    run: (user) => chat(user),
  },
  "complete, no usage frame": {
    status: "complete",
    isCall: true,
    isReported: false,
    kind: "chat",
    run: (user) => chat(user, "simulator/no-usage"),
  },
  "complete, zeros": {
    status: "complete",
    isCall: true,
    isReported: false,
    kind: "chat",
    run: (user) => chat(user, "simulator/usage-zero"),
  },
  "reader gone before the end": {
    status: "complete",
    isCall: true,
    isReported: true,
    kind: "chat",
    run: async (user) => {
      const response = await ask(user);
      await response.body?.cancel();
      await waitFor(async () => (await newestStatus(user)) === "complete");
    },
  },
  stopped: {
    status: "stopped",
    isCall: true,
    isReported: false,
    kind: "chat",
    run: async (user) => {
      const response = await ask(user, { model: "simulator/endless" });
      await waitForText(runIdOf(response));
      await stopRun(user, runIdOf(response));
      await readUiStream(response);
    },
  },
  "broken off without usage": {
    status: "interrupted",
    isCall: true,
    isReported: false,
    kind: "chat",
    run: (user) => chat(user, "simulator/reset"),
  },
  "broken off with usage": {
    status: "interrupted",
    isCall: true,
    isReported: true,
    kind: "chat",
    run: (user) => chat(user, "simulator/no-finish"),
  },
  "upstream 4xx": {
    status: "failed",
    isCall: false,
    isReported: false,
    kind: "chat",
    run: intercepted(() => answerWith(CHAT_PATH, 400, { error: { message: "bad parameter" } })),
  },
  "upstream 429": {
    status: "failed",
    isCall: false,
    isReported: false,
    kind: "chat",
    run: intercepted(() =>
      answerWith(CHAT_PATH, 429, { error: { message: "Request limit exceeded." } }),
    ),
  },
  "upstream 5xx": {
    status: "failed",
    isCall: false,
    isReported: false,
    kind: "chat",
    run: intercepted(() => answerWith(CHAT_PATH, 503, { error: { message: "down" } })),
  },
  "no byte": {
    status: "failed",
    isCall: false,
    isReported: false,
    kind: "chat",
    run: intercepted(() => breakPath(CHAT_PATH)),
  },
  "timeout without headers": {
    status: "failed",
    isCall: false,
    isReported: false,
    kind: "chat",
    run: async (user) => {
      const settings = getSettings();
      const { RUN_HEADERS_MS } = settings;
      settings.RUN_HEADERS_MS = 50;
      getSimulator().state.interceptors.set(CHAT_PATH, () => undefined);
      await chat(user);
      getSimulator().state.interceptors.clear();
      settings.RUN_HEADERS_MS = RUN_HEADERS_MS;
    },
  },
  "empty shell": {
    status: "failed",
    isCall: false,
    isReported: false,
    kind: "chat",
    run: (user) => chat(user, "simulator/empty-shell"),
  },
  picture: {
    status: "complete",
    isCall: true,
    isReported: false,
    kind: "image",
    run: async (user) => {
      await order(user);
      await untilAllEnded(user);
    },
  },
  "picture that fails": {
    status: "failed",
    isCall: false,
    isReported: false,
    kind: "image",
    run: async (user) => {
      await order(user, { prompt: "[failed]" });
      await untilAllEnded(user);
    },
  },
  "picture of unknown outcome": {
    status: "unknown",
    isCall: false,
    isReported: false,
    kind: "image",
    run: async (user) => {
      await order(user, { prompt: "[reset]" });
      await untilAllEnded(user);
    },
  },
};

const NAMES = Object.keys(ACTS);
/** Most acts end well, as most do; every name comes up for both users on both days. */
export const PLAN = Array.from({ length: 400 }, (_, index) => ({
  name:
    index % 5 < 2
      ? "complete, usage frame"
      : (NAMES[(Math.floor(index / 5) * 3 + (index % 5)) % NAMES.length] ?? ""),
  user: index % 3 === 0 ? 1 : 0,
}));
