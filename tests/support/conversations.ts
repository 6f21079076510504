import { PATCH, GET as read } from "@/app/api/conversations/[id]/route";
import { GET as list } from "@/app/api/conversations/route";
import type { Conversation, ConversationSummary } from "@/lib/shared/schemas/conversation";
import { call, type TestUser } from "./api";
import { ask } from "./ask";
import { readUiStream } from "./ui-stream";

/** Asks and waits for the end; answers the conversation as it is then. */
export async function converse(user: TestUser, change: object = {}): Promise<Conversation> {
  const response = await ask(user, change);
  const id = response.headers.get("x-conversation-id") ?? "";
  await readUiStream(response);
  return readConversation(user, id);
}

export async function readConversation(
  user: TestUser,
  id: string,
  query = "",
): Promise<Conversation> {
  const path = `/api/conversations/${id}${query}`;
  return (await call(read, { user, params: { id }, path })).json();
}

export const patchConversation = (user: TestUser | null, id: string, body: object) =>
  call(PATCH, { method: "PATCH", user, params: { id }, body });

export async function listConversations(
  user: TestUser,
  query = "",
): Promise<ConversationSummary[]> {
  const response = await call(list, { user, path: `/api/conversations${query}` });
  return (await response.json()).conversations;
}
