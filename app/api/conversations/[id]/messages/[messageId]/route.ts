import { answerNothing } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { removeMessage } from "@/lib/server/services/conversation-messages";
import { messageParamsSchema } from "@/lib/shared/schemas/conversation";

export const DELETE = defineRoute({
  params: messageParamsSchema,
  handler: async ({ actor, params }) => {
    await removeMessage(actor, params.id, params.messageId);
    return answerNothing();
  },
});
