import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { importConversation } from "@/lib/server/services/conversation-file";
import { getMaxUploadBytes } from "@/lib/server/services/deployment";
import { conversationSchema } from "@/lib/shared/schemas/conversation";

export const POST = defineRoute({
  maxBytes: getMaxUploadBytes,
  handler: async ({ actor, bytes }) =>
    answer(conversationSchema, await importConversation(actor, bytes), 201),
});
