/** What a stream of the bench's upstream does: so many chunks, one each so many milliseconds. */
export type Plan = { chunks: number; delayMs: number; text?: "prose" };

export function readPlan(model: string): Plan {
  const [, chunks, delayMs, text] = /^bench\/c(\d+)-d([\d.]+)(?:-(prose))?$/.exec(model) ?? [];
  if (chunks === undefined) throw new Error(`no plan: ${model}`);
  return {
    chunks: Number(chunks),
    delayMs: Number(delayMs),
    ...(text === "prose" && { text }),
  };
}

/** Every plan that a row uses, and a model for pictures; the upstream lists them as its models. */
export const MODELS = [
  "bench/c1-d0",
  "bench/c300-d20",
  "bench/c150-d20",
  "bench/c1000-d1",
  "bench/c20000-d1",
  "bench/c2000-d2",
  "bench/c20000-d0",
  "bench/c1000000-d1000",
  "bench/c20000-d1-prose",
  "Tongyi-MAI/Z-Image-Turbo",
];

/** Milliseconds since 1970, of a clock that all processes of this machine share. */
export const nowMs = () => performance.timeOrigin + performance.now();
