import { answerNothing } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { setBudget } from "@/lib/server/services/limits";
import { budgetBodySchema } from "@/lib/shared/schemas/limits";

export const PUT = defineRoute({
  body: budgetBodySchema,
  handler: async ({ actor, body }) => {
    await setBudget(actor, body.credits);
    return answerNothing();
  },
});
