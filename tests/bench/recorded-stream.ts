import { startSimulator } from "@/simulator/server";

const TOKEN = "ms-00000000-0000-4000-8000-000000000001";

/** Asks the simulator's endless model and keeps what it sends until there are enough frames. */
export async function recordFrames(count: number): Promise<string[]> {
  const simulator = await startSimulator({ chunkDelayMs: 0, firstChunkDelayMs: 0 });
  const abort = new AbortController();
  const response = await fetch(`${simulator.url}/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
    body: JSON.stringify({
      model: "simulator/endless",
      stream: true,
      messages: [{ role: "user", content: "怎么解析一条很长的流？How?" }],
    }),
    signal: abort.signal,
  });
  let text = "";
  const frames: string[] = [];
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    const events = text.split("\n\n");
    text = events.pop() ?? "";
    frames.push(...events.map((event) => event.replace(/^data: /, "")));
    if (frames.length >= count) break;
  }
  abort.abort();
  await simulator.close();
  return frames.slice(0, count);
}

/** The stream as bytes, cut as a socket would hand it over: `readBytes` a read, 0 = one frame a read. */
export function toReads(frames: readonly string[], readBytes: number): Uint8Array[] {
  const last = JSON.parse(frames.at(-1) ?? "{}");
  const [choice] = last.choices;
  const end = [
    { ...last, choices: [{ ...choice, delta: {}, finish_reason: "stop" }] },
    { ...last, choices: [], usage: { prompt_tokens: 9, completion_tokens: frames.length } },
  ].map((frame) => JSON.stringify(frame));
  const events = [...frames, ...end, "[DONE]"].map((data) => Buffer.from(`data: ${data}\n\n`));
  if (readBytes === 0) return events;
  const all = Buffer.concat(events);
  return Array.from({ length: Math.ceil(all.length / readBytes) }, (_, index) =>
    all.subarray(index * readBytes, (index + 1) * readBytes),
  );
}
