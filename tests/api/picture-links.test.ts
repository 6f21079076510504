import { describe, expect, it } from "vitest";
import { createUser, errorOf, getSimulator, HEALTHY_TOKEN, requestsTo } from "../support/api";
import { ask, CHAT_PATH, ledgerRowOf, MESSAGES_PATH } from "../support/ask";
import { converse } from "../support/conversations";

const VISION = "Qwen/Qwen3.5-35B-A3B";
const URL_ELSEWHERE = "https://example.com/dog.png";
const message = { text: "What is it?", pictureUrls: [URL_ELSEWHERE] };

const lastBody = (path: string) => requestsTo(path).at(-1)?.body as { messages: object[] };

describe("a picture by its address", () => {
  it("goes to the model as it is, in this turn and the next, and is never asked for here", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const first = await converse(user, { model: VISION, message });
    const content = [
      { type: "text", text: "What is it?" },
      { type: "image_url", image_url: { url: URL_ELSEWHERE } },
    ];
    expect(lastBody(CHAT_PATH).messages).toEqual([{ role: "user", content }]);
    expect(first.messages[0]?.pictureUrls).toEqual([URL_ELSEWHERE]);
    expect(await ledgerRowOf(first.messages[1]?.run?.runId ?? "")).toMatchObject({
      kind: "vision",
    });
    await converse(user, { model: VISION, conversationId: first.id, message: { text: "And?" } });
    expect(lastBody(CHAT_PATH).messages[0]).toEqual({ role: "user", content });
    const elsewhere = getSimulator().state.requests.filter(({ path }) => path.includes("dog"));
    expect(elsewhere).toEqual([]);
  });

  it("goes along as a block in Anthropic's protocol", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    await converse(user, { model: VISION, message, settings: { protocol: "anthropic" } });
    expect(lastBody(MESSAGES_PATH).messages).toMatchObject([
      { content: [{ type: "image", source: { type: "url", url: URL_ELSEWHERE } }, {}] },
    ]);
  });

  it("is left out for a model that cannot see, and refused with its own question", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const blind = { model: "Qwen/Qwen3-8B" };
    const error = await errorOf(await ask(user, { ...blind, message }));
    expect(error.fields).toHaveProperty("model");
    const { id } = await converse(user, { model: VISION, message });
    await converse(user, { ...blind, conversationId: id, message: { text: "And now?" } });
    const [question] = lastBody(CHAT_PATH).messages;
    expect(question).toEqual({ role: "user", content: "What is it?" });
  });

  it("SSR-01, SSR-02 on a host that is not public, is refused", async () => {
    const user = await createUser({ token: HEALTHY_TOKEN });
    const simulator = new URL(getSimulator().url);
    for (const url of [
      `${simulator.origin}/x.png`,
      `https://${simulator.host}/x.png`,
      "https://127.0.0.1/x.png",
      "https://localhost/x.png",
      "https://169.254.169.254/latest/meta-data",
      "data:image/png;base64,AAAA",
    ]) {
      const change = { model: VISION, message: { text: "x", pictureUrls: [url] } };
      expect(await errorOf(await ask(user, change))).toMatchObject({ status: 400 });
    }
    expect(requestsTo(CHAT_PATH)).toEqual([]);
    expect(requestsTo("/x.png")).toEqual([]);
  });
});
