import http from "node:http";
import { nowMs, type Plan } from "./plan";
import { modelOf } from "./upstream";

/** Who answers: the upstream itself, the floor of the same build, or the app. */
export type Target = { kind: "direct" | "floor" | "ours"; url: string; upstream: string };

export type StreamResult = {
  /** Chunks whose text arrived. */
  chunks: number;
  /** From the request to the first chunk, in milliseconds. */
  firstMs: number;
  /** From the request to the last chunk, in milliseconds. */
  lastMs: number;
  /** Of each chunk, from its sending to its arrival, where they are stamped. */
  delaysMs: number[];
  isComplete: boolean;
};

const agent = new http.Agent({ keepAlive: true, maxSockets: 1_000 });

const PATHS = {
  direct: "/v1/chat/completions",
  floor: "/api/bench/floor",
  ours: "/api/chat",
} as const;

function toBody(kind: Target["kind"], plan: Plan): string {
  const model = modelOf(plan);
  const text = "How fast?";
  return JSON.stringify(
    kind === "ours"
      ? { message: { text }, model, settings: {}, idempotencyKey: crypto.randomUUID() }
      : { model, stream: true, messages: [{ role: "user", content: text }] },
  );
}

/** The text of one event: of the upstream's own frames, or of ours. */
function toText(data: string): string {
  const part = JSON.parse(data);
  return part.type === "text-delta" ? part.delta : (part.choices?.[0]?.delta?.content ?? "");
}

/** Finds the events in what comes, and their text. */
class EventReader {
  isDone = false;
  #rest = "";

  /** The text of one read. */
  take(piece: string): string {
    const events = (this.#rest + piece).split("\n\n");
    this.#rest = events.pop() ?? "";
    return events.map((event) => this.#read(event)).join("");
  }

  #read(event: string): string {
    if (event === "data: [DONE]") this.isDone = true;
    return event.startsWith("data: {") ? toText(event.slice("data: ".length)) : "";
  }
}

/**
 * Opens a stream, parses every event of it and resolves at its end: whether it was whole. `onText`
 * sees the text of each read.
 */
export function openStream(
  { kind, url, upstream }: Target,
  plan: Plan,
  { cookie = "", onStart, onText }: StreamOptions = {},
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const request = http.request(`${url}${PATHS[kind]}`, {
      method: "POST",
      agent,
      headers: { "content-type": "application/json", "x-upstream": upstream, cookie },
    });
    request.on("error", reject);
    request.on("response", (response) => {
      if (response.statusCode !== 200) reject(new Error(`${kind} answered ${response.statusCode}`));
      const runId = String(response.headers["x-run-id"] ?? "");
      onStart?.({ runId, leave: () => request.destroy() });
      const reader = new EventReader();
      response.setEncoding("utf8");
      response.on("data", (piece: string) => {
        const text = reader.take(piece);
        if (text) onText?.(text);
      });
      response.on("end", () => resolve(reader.isDone));
      response.on("error", reject);
    });
    request.end(toBody(kind, plan));
  });
}

type StreamOptions = {
  cookie?: string | undefined;
  onStart?: (stream: { runId: string; leave: () => void }) => void;
  onText?: (text: string) => void;
};

/** Reads one stream to its end and measures it. */
export async function measureStream(
  target: Target,
  plan: Plan,
  cookie?: string,
): Promise<StreamResult> {
  const startedMs = nowMs();
  const result: StreamResult = {
    chunks: 0,
    firstMs: Number.NaN,
    lastMs: Number.NaN,
    delaysMs: [],
    isComplete: false,
  };
  const isStamped = plan.delayMs > 0;
  result.isComplete = await openStream(target, plan, {
    cookie,
    onText: (text) => {
      const atMs = nowMs();
      result.lastMs = atMs - startedMs;
      if (result.chunks === 0) result.firstMs = result.lastMs;
      const stamps = text.split(";");
      result.chunks += stamps.length - 1;
      if (isStamped) {
        for (const stamp of stamps) if (stamp) result.delaysMs.push(atMs - Number(stamp));
      }
    },
  });
  return result;
}

/** Reads so many streams at a time, each of another user where the app answers. */
export function measureStreams(
  target: Target,
  plan: Plan,
  count: number,
  cookies: readonly string[],
): Promise<StreamResult[]> {
  return Promise.all(
    Array.from({ length: count }, (_unused, index) =>
      measureStream(target, plan, target.kind === "ours" ? cookies[index] : undefined),
    ),
  );
}
