import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { createConversation, listConversations } from "@/lib/server/services/conversations";
import {
  conversationListSchema,
  conversationSchema,
  createConversationBodySchema,
  listConversationsQuerySchema,
} from "@/lib/shared/schemas/conversation";

export const GET = defineRoute({
  query: listConversationsQuerySchema,
  handler: async ({ actor, query }) =>
    answer(conversationListSchema, await listConversations(actor, query)),
});

export const POST = defineRoute({
  body: createConversationBodySchema,
  handler: async ({ actor, body }) =>
    answer(conversationSchema, await createConversation(actor, body), 201),
});
