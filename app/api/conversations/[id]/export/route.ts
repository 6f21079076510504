import { answerDownload } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { exportConversation } from "@/lib/server/services/conversation-file";
import { conversationParamsSchema } from "@/lib/shared/schemas/conversation";
import { exportQuerySchema } from "@/lib/shared/schemas/conversation-file";

export const GET = defineRoute({
  params: conversationParamsSchema,
  query: exportQuerySchema,
  handler: async ({ actor, params, query }) =>
    answerDownload(await exportConversation(actor, params.id, query.format)),
});
