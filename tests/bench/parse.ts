import { Readable } from "node:stream";
import { readEventStream } from "@/lib/server/modelscope/answer-reader";
import { readChatFrame } from "@/lib/server/modelscope/chat-delta";
import { recordFrames, toReads } from "./recorded-stream";
import { interleave, printRow } from "./rows";

/** How our upstream reader compares with parsing each frame's JSON and doing nothing else. */
const DELTAS = 100_000;
const ROUNDS = 7;
const READ_BYTES = 16_384;
const SMALL = 10_000;

Object.assign(process.env, { MAX_STREAM_BYTES: "900000000", LOG_LEVEL: "silent" });

function toStream(reads: readonly Uint8Array[]): Readable {
  let at = 0;
  return new Readable({
    read() {
      this.push(reads[at++] ?? null);
    },
  });
}

/** Reads a stream to its end and answers how much text it had. */
async function readAll(reads: readonly Uint8Array[]): Promise<number> {
  let length = 0;
  await readEventStream(toStream(reads), {
    readFrame: readChatFrame,
    token: null,
    onBatch: ({ text, reasoning }) => {
      length += text.length + reasoning.length;
    },
  });
  return length;
}

process.stderr.write(`recording ${DELTAS} deltas\n`);
const frames = await recordFrames(DELTAS);
const large = toReads(frames, READ_BYTES);
const single = toReads(frames, 0);
const expected = frames.reduce((sum, frame) => {
  const { content, reasoning_content } = JSON.parse(frame).choices[0].delta;
  return sum + content.length + reasoning_content.length;
}, 0);
const check = (length: number) => {
  if (length !== expected) throw new Error(`read ${length} letters of ${expected}`);
};

const times = await interleave(ROUNDS, {
  floor: () => {
    for (const frame of frames) JSON.parse(frame);
  },
  large: async () => check(await readAll(large)),
  single: async () => check(await readAll(single)),
});
printRow("parse", times.large, times.floor, 2.5);
printRow("parse-one-frame-a-read", times.single, times.floor, 2.5);

/** Heap that is still held after reading so many deltas, in MB. */
async function heapAfter(reads: readonly Uint8Array[]): Promise<number> {
  let held = 0;
  await readEventStream(toStream(reads), {
    readFrame: readChatFrame,
    token: null,
    onBatch: ({ finishReason }) => {
      if (finishReason === null) return;
      globalThis.gc?.();
      held = process.memoryUsage().heapUsed / 1_000_000;
    },
  });
  return held;
}
const small = toReads(frames.slice(0, SMALL), READ_BYTES);
await heapAfter(small);
printRow("parse-memory", await heapAfter(large), await heapAfter(small), 1.05);
