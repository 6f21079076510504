import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { checkToken } from "@/lib/server/services/token-check";
import { tokenCheckBodySchema, tokenReportSchema } from "@/lib/shared/schemas/token-check";

export const POST = defineRoute({
  body: tokenCheckBodySchema,
  handler: async ({ actor, body }) => answer(tokenReportSchema, await checkToken(actor, body)),
});
