import { answer, answerNothing } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import {
  changeConversation,
  readConversation,
  removeConversation,
} from "@/lib/server/services/conversations";
import {
  conversationParamsSchema,
  conversationSchema,
  patchConversationBodySchema,
  readConversationQuerySchema,
} from "@/lib/shared/schemas/conversation";

export const GET = defineRoute({
  params: conversationParamsSchema,
  query: readConversationQuerySchema,
  handler: async ({ actor, params, query }) =>
    answer(conversationSchema, await readConversation(actor, params.id, query)),
});

export const PATCH = defineRoute({
  params: conversationParamsSchema,
  body: patchConversationBodySchema,
  handler: async ({ actor, params, body }) =>
    answer(conversationSchema, await changeConversation(actor, params.id, body)),
});

export const DELETE = defineRoute({
  params: conversationParamsSchema,
  handler: async ({ actor, params }) => {
    await removeConversation(actor, params.id);
    return answerNothing();
  },
});
