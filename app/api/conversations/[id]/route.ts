import { answer, answerNothing } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import {
  changeConversation,
  getConversation,
  removeConversation,
} from "@/lib/server/services/conversations";
import {
  conversationParamsSchema,
  conversationSchema,
  patchConversationBodySchema,
} from "@/lib/shared/schemas/conversation";

export const GET = defineRoute({
  params: conversationParamsSchema,
  handler: async ({ actor, params }) =>
    answer(conversationSchema, await getConversation(actor, params.id)),
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
