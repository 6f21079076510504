import {
  parseJsonEventStream,
  readUIMessageStream,
  type UIMessage,
  uiMessageChunkSchema,
} from "ai";
import { expect, it } from "vitest";
import { createUser, HEALTHY_TOKEN } from "../support/api";
import { ask } from "../support/ask";
import { followRun, runIdOf } from "../support/runs";

/** Reads a stream of ours as every client of the AI SDK would. */
async function readWithSdk(response: Response): Promise<UIMessage | undefined> {
  const events = parseJsonEventStream({
    stream: response.body as ReadableStream<Uint8Array<ArrayBuffer>>,
    schema: uiMessageChunkSchema,
  });
  const chunks = events.pipeThrough(
    new TransformStream({
      transform: (part, controller) => {
        if (!part.success) throw part.error;
        controller.enqueue(part.value);
      },
    }),
  );
  let last: UIMessage | undefined;
  for await (const message of readUIMessageStream({ stream: chunks })) last = message;
  return last;
}

it("the AI SDK reads our streams, live and replayed, part by part", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  const response = await ask(user, { model: "Qwen/Qwen3.5-35B-A3B" });
  const live = await readWithSdk(response);
  const replayed = await readWithSdk(await followRun(user, runIdOf(response)));
  expect(live?.parts.map(({ type }) => type)).toEqual(["reasoning", "text"]);
  expect(replayed).toEqual(live);
  expect(live?.metadata).toMatchObject({ readout: { status: "complete" } });
});
