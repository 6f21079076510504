import type { Conversation } from "@/lib/shared/schemas/conversation";
import type { LaunchedApp } from "./launched-app";

/** Asks the endless model and answers once some of its text has arrived at this reader. */
export async function startStreaming(
  app: LaunchedApp,
): Promise<{ conversationId: string; seen: () => string }> {
  const response = await app.fetch("/api/chat", {
    method: "POST",
    body: {
      message: { text: "Hello" },
      model: "simulator/endless",
      settings: {},
      idempotencyKey: crypto.randomUUID(),
    },
  });
  let stream = "";
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? [])
      stream += decoder.decode(chunk, { stream: true });
  })().catch(() => undefined);
  void reading;
  const seen = () =>
    [...stream.matchAll(/"type":"text-delta","id":"text","delta":("(?:[^"\\]|\\.)*")/g)]
      .map(([, text]) => JSON.parse(text ?? '""') as string)
      .join("");
  for (const endMs = Date.now() + 20_000; Date.now() < endMs && seen().length < 400; ) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { conversationId: response.headers.get("x-conversation-id") ?? "", seen };
}

/** The stored answer of a conversation. */
export async function readAnswer(app: LaunchedApp, conversationId: string) {
  const response = await app.fetch(`/api/conversations/${conversationId}`);
  const { messages } = (await response.json()) as Conversation;
  const answer = messages.at(-1);
  return {
    question: messages[0]?.text,
    text: answer?.text ?? "",
    status: answer?.run?.status,
    code: answer?.run?.errorCode,
  };
}
