import { answerNothing } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { setLimits } from "@/lib/server/services/team-usage";
import { limitScopeSchema, limitsBodySchema } from "@/lib/shared/schemas/limits";

export const PUT = defineRoute({
  role: "administrator",
  params: limitScopeSchema,
  body: limitsBodySchema,
  handler: async ({ actor, params, body }) => {
    await setLimits(actor, params.scope, body);
    return answerNothing();
  },
});

export const DELETE = defineRoute({
  role: "administrator",
  params: limitScopeSchema,
  handler: async ({ actor, params }) => {
    await setLimits(actor, params.scope, null);
    return answerNothing();
  },
});
