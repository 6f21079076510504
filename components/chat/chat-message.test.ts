import { describe, expect, it } from "vitest";
import type { ChatMessage } from "@/lib/shared/schemas/conversation";
import { textOf, toNewestBranch, toUIMessage } from "./chat-message";

const message = (
  id: string,
  parentId: string | null,
  role: ChatMessage["role"] = "user",
): ChatMessage => ({
  id,
  parentId,
  role,
  text: `text of ${id}`,
  reasoning: "",
  toolCalls: [],
  toolResults: [],
  siblings: [],
  uploads: [],
  createdAt: "2026-11-25T00:00:00.000Z",
  run: null,
});

describe("the branch in view", () => {
  it("leads from the root to the newest message", () => {
    const messages = [message("1", null), message("2", "1"), message("3", "1"), message("4", "3")];
    expect(toNewestBranch(messages).map(({ id }) => id)).toEqual(["1", "3", "4"]);
  });

  it("is empty without messages", () => expect(toNewestBranch([])).toEqual([]));
});

it("a message keeps its text and reasoning apart", () => {
  const shown = toUIMessage({ ...message("1", null, "assistant"), reasoning: "why" });
  expect([textOf(shown, "text"), textOf(shown, "reasoning")]).toEqual(["text of 1", "why"]);
});
