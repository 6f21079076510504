import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { helpWithPrompt } from "@/lib/server/services/prompt-help";
import { promptHelpBodySchema, promptHelpSchema } from "@/lib/shared/schemas/prompt-help";

export const POST = defineRoute({
  body: promptHelpBodySchema,
  handler: async ({ actor, body }) => answer(promptHelpSchema, await helpWithPrompt(actor, body)),
});
