import "server-only";
import type { RunReadout } from "@/lib/shared/schemas/chat";
import { monotonicMs } from "../clock";
import { getSettings } from "../env";
import { isActive, type LiveRun, type Subscriber, toReadout } from "./live-run";
import {
  KEEP_ALIVE,
  type Snapshot,
  toClosing,
  toDelta,
  toOpening,
  toProgress,
  toStatus,
  toToolCalls,
} from "./ui-stream";

/** A reader that has so many bytes unread gets nothing more until it has taken some. */
const MAX_UNREAD_BYTES = 262_144;
const FOLLOW_EVERY_MS = 500;

type Controller = ReadableStreamDefaultController<Uint8Array>;
type Lengths = { text: number; reasoning: number };

const lengthsOf = ({ text, reasoning }: Snapshot): Lengths => ({
  text: text.length,
  reasoning: reasoning.length,
});

/** What a reader that has read so far is missing, as one delta a part. */
function toMissing(run: Snapshot, sent: Lengths): Uint8Array {
  return toDelta(
    { text: run.text.slice(sent.text), reasoning: run.reasoning.slice(sent.reasoning) },
    { text: run.text.slice(0, sent.text), reasoning: run.reasoning.slice(0, sent.reasoning) },
  );
}

/**
 * A reader of a live run. One that reads too slowly is left behind, and caught up in one piece when it
 * asks again: nobody's buffer grows with the answer.
 */
class LiveReader implements Subscriber {
  readonly #run: LiveRun;
  readonly #controller: Controller;
  readonly #beat: NodeJS.Timeout;
  #sent: Lengths;
  #isBehind = false;

  constructor(run: LiveRun, controller: Controller) {
    this.#run = run;
    this.#controller = controller;
    this.#sent = lengthsOf(run);
    controller.enqueue(toOpening(run, toReadout(run)));
    this.#beat = setInterval(() => {
      if (!this.#isBehind) controller.enqueue(KEEP_ALIVE);
    }, getSettings().RUN_KEEPALIVE_MS);
  }

  write(bytes: Uint8Array): void {
    if (this.#isBehind) return;
    if ((this.#controller.desiredSize ?? 0) < -MAX_UNREAD_BYTES) {
      this.#isBehind = true;
      return;
    }
    this.#controller.enqueue(bytes);
    this.#sent = lengthsOf(this.#run);
  }

  /** The reader has taken everything. */
  catchUp(): void {
    if (!this.#isBehind) return;
    this.#isBehind = false;
    const run = this.#run;
    this.#controller.enqueue(toProgress(run, toReadout(run)));
    if (run.toolCalls.length > 0) this.#controller.enqueue(toToolCalls(run.toolCalls));
    const missing = toMissing(run, this.#sent);
    if (missing.byteLength > 0) this.#controller.enqueue(missing);
    this.#sent = lengthsOf(run);
  }

  end(closing: Uint8Array): void {
    clearInterval(this.#beat);
    this.catchUp();
    this.#controller.enqueue(closing);
    this.#controller.close();
  }

  leave(): void {
    clearInterval(this.#beat);
    this.#run.subscribers.delete(this);
  }
}

const BY_BYTES = new ByteLengthQueuingStrategy({ highWaterMark: 1 });

/** A reader of a live run: replay, then the live tail, keep-alives between. Leaving ends nothing but the reading. */
export function followLiveRun(run: LiveRun): ReadableStream<Uint8Array> {
  if (!isActive(run)) return replayEndedRun(run, toReadout(run));
  let reader: LiveReader | null = null;
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        reader = new LiveReader(run, controller);
        run.subscribers.add(reader);
      },
      pull: () => reader?.catchUp(),
      cancel: () => reader?.leave(),
    },
    BY_BYTES,
  );
}

/** A reader of a run that has ended: its whole text and its ending. */
function replayEndedRun(run: Snapshot, readout: RunReadout): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(toOpening(run, readout));
      controller.enqueue(toClosing(run, readout));
      controller.close();
    },
  });
}

export type StoredRun = { run: Snapshot; readout: RunReadout };

/** What a row that is read again adds for a reader that knows it as it was `before`. */
function toNews(before: Snapshot, { run, readout }: StoredRun): Uint8Array[] {
  const isNewStatus = before.status !== run.status;
  const isNewPlace = before.place !== run.place;
  const hasCalls = before.toolCalls.length > 0 || run.toolCalls.length > 0;
  return [
    ...(isNewStatus ? [toProgress(run, readout)] : []),
    ...(isNewPlace ? [toStatus(run)] : []),
    ...(hasCalls && isNewStatus ? [toToolCalls(run.toolCalls)] : []),
    toMissing(run, lengthsOf(before)),
  ].filter(({ byteLength }) => byteLength > 0);
}

/** Reads a row again and again and yields what is new in it, nothing or not. */
async function* watchRow(
  first: StoredRun,
  read: () => Promise<StoredRun | null>,
): AsyncGenerator<Uint8Array[], StoredRun> {
  let known = first;
  while (isActive(known.run)) {
    await new Promise((resolve) => setTimeout(resolve, FOLLOW_EVERY_MS));
    const next = await read().catch(() => known); // the database is away: the reader waits
    if (!next) return known;
    yield toNews(known.run, next);
    known = next;
  }
  return known;
}

/** The news of a row, a keep-alive where there were none for long, and the closing. */
async function* toRowEvents(
  first: StoredRun,
  read: () => Promise<StoredRun | null>,
): AsyncGenerator<Uint8Array> {
  yield toOpening(first.run, first.readout);
  const rows = watchRow(first, read);
  let toldMs = monotonicMs();
  for (;;) {
    const { done, value } = await rows.next();
    if (done) {
      yield toClosing(value.run, value.readout);
      return;
    }
    const isQuiet = monotonicMs() - toldMs > getSettings().RUN_KEEPALIVE_MS;
    const events = value.length === 0 && isQuiet ? [KEEP_ALIVE] : value;
    if (events.length > 0) toldMs = monotonicMs();
    yield* events;
  }
}

/**
 * A reader of a run that another instance produces: its row, read twice a second by `read`, which
 * answers null where it was deleted.
 */
export function followStoredRun(
  first: StoredRun,
  read: () => Promise<StoredRun | null>,
): ReadableStream<Uint8Array> {
  const events = toRowEvents(first, read);
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await events.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => void (await events.return(undefined)),
  });
}
