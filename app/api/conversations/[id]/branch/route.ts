import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { branchConversation } from "@/lib/server/services/conversation-file";
import {
  branchConversationBodySchema,
  conversationParamsSchema,
  conversationSchema,
} from "@/lib/shared/schemas/conversation";

export const POST = defineRoute({
  params: conversationParamsSchema,
  body: branchConversationBodySchema,
  handler: async ({ actor, params, body }) =>
    answer(conversationSchema, await branchConversation(actor, params.id, body.messageId), 201),
});
