import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { checkModel } from "@/lib/server/services/models";
import { checkModelQuerySchema, modelAnswerSchema } from "@/lib/shared/schemas/model";

export const GET = defineRoute({
  query: checkModelQuerySchema,
  handler: async ({ actor, query }) =>
    answer(modelAnswerSchema, { model: await checkModel(actor, query) }),
});
