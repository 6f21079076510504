import { answerStream } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { identifyAsker, startChat } from "@/lib/server/services/chat";
import { chatBodySchema } from "@/lib/shared/schemas/chat";

export const maxDuration = 600;

export const POST = defineRoute({
  body: chatBodySchema,
  identify: identifyAsker,
  handler: async ({ actor, body, found }) => answerStream(await startChat(actor, body, found)),
});
