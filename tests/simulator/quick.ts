import { afterAll, beforeEach } from "vitest";
import type { SimulatorOptions } from "@/simulator/options";
import { type Simulator, startSimulator } from "@/simulator/server";

export const TOKEN = "ms-00000000-0000-4000-8000-000000000001";

/** The simulator's token that ends in these four digits. */

/** A simulator without pauses for one test file; each test finds it as it started. */
export async function startQuick(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const simulator = await startSimulator({
    chunkDelayMs: 0,
    firstChunkDelayMs: 0,
    pollsUntilDone: 2,
    ...options,
  });
  const before = { ...simulator.state.options };
  beforeEach(() => {
    const { state } = simulator;
    Object.assign(state.options, before);
    for (const map of [state.attempts, state.balances, state.dailyCalls, state.interceptors]) {
      map.clear();
    }
    state.requests.length = 0;
  });
  afterAll(() => simulator.close());
  return simulator;
}

export type Call = { token?: string; headers?: Record<string, string>; signal?: AbortSignal };

/** Posts JSON as a plain client does. Redirects are not followed. */
export function post(url: string, body: object, { token = TOKEN, headers, signal }: Call = {}) {
  return fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });
}

/** A chat call with the question "Hello", or what `change` makes of it. */
export function chat(simulator: Simulator, change: object, call?: Call) {
  const body = {
    model: "Qwen/Qwen3-Coder-30B-A3B-Instruct",
    messages: [{ role: "user", content: "Hello" }],
    ...change,
  };
  return post(`${simulator.url}/v1/chat/completions`, body, call);
}

/** Red dot, 1 × 1. */
export const DOT =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
export const DOT_BYTES = 70;

/** Reads at most four megabytes of an answer; a broken connection or a signal ends it. */
export async function readRaw(response: Response) {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = "";
  let reads = 0;
  let isBroken = false;
  try {
    for await (const bytes of response.body ?? []) {
      text += decoder.decode(bytes, { stream: true });
      reads += 1;
      if (text.length > 4_000_000) break;
    }
  } catch {
    isBroken = true;
  }
  return { text, reads, isBroken };
}
