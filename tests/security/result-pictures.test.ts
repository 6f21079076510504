import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { getSettings } from "@/lib/server/env";
import { createUser, getSimulator, HEALTHY_TOKEN } from "../support/api";
import { filesOnDisk, imageLedgerRowOf, ordered, untilEnded } from "../support/order";
import { startSink } from "../support/sink";

const sink = await startSink();
const before = { ...getSettings() };
beforeEach(() => {
  sink.hits.length = 0;
  Object.assign(getSettings(), { RUN_POLL_MS: 10, MAX_IMAGE_BYTES: 3_000_000 });
  getSimulator().state.options.redirectTo = sink.url;
});
afterEach(() => {
  Object.assign(getSettings(), before);
});

/** Orders a picture whose result is bad in the way that the word says. */
async function copyOf(word: string) {
  const user = await createUser({ token: HEALTHY_TOKEN });
  const files = filesOnDisk().length;
  const { id } = await ordered(user, { prompt: `[${word}]` });
  const image = await untilEnded(user, id);
  const fetched = getSimulator().state.requests.filter(({ path }) => path.startsWith("/img/"));
  return {
    image,
    ledger: await imageLedgerRowOf(id),
    fetched,
    added: filesOnDisk().length - files,
  };
}

const expectRefused = ({ image, ledger, added }: Awaited<ReturnType<typeof copyOf>>) => {
  expect(image).toMatchObject({ status: "failed", errorCode: "image_copy_failed" });
  expect(ledger).toMatchObject({ isCall: true, status: "failed" });
  expect(added).toBe(0);
  expect(sink.hits).toEqual([]);
};

describe("SSR-03 a result at any other address is not fetched", () => {
  const words = ["other-host", "http", "ip", "port", "credentials", "data", "file", "internal"];
  for (const word of words) {
    it(word, async () => {
      const result = await copyOf(`url-${word}`);
      expectRefused(result);
      expect(result.fetched).toEqual([]);
    });
  }
});

/** After two polls of the task; what is tried in vain counts as a poll. */
const COPY_TRIES = 7;

describe("SSR-06 a redirect of a result is not followed", () => {
  for (const word of ["internal", "other", "loop", "chain"]) {
    it(word, async () => {
      const result = await copyOf(`redirect-${word}`);
      expectRefused(result);
      expect(new Set(result.fetched.map(({ status }) => status)).size).toBe(1);
      // One request for each try to copy: whoever follows makes more of them.
      expect(result.fetched).toHaveLength(COPY_TRIES);
    });
  }
});

describe("SSR-09 a result that is no picture, too large or not all there is not kept", () => {
  const words = [
    "length-too-big",
    "endless",
    "gzip-bomb",
    "html",
    "partial",
    "zero-bytes",
    "truncated",
    "expired",
    "not-a-picture",
  ];
  for (const word of words) {
    it(word, async () => {
      const baseline = process.memoryUsage().rss;
      expectRefused(await copyOf(word));
      expect(process.memoryUsage().rss - baseline).toBeLessThan(150_000_000);
    });
  }

  it("but the type that the server names does not matter: the bytes do", async () => {
    const { image } = await copyOf("wrong-type");
    expect(image).toMatchObject({ status: "done", mediaType: "image/png" });
  });
});
