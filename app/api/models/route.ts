import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { listModels } from "@/lib/server/services/models";
import { listModelsQuerySchema, modelListSchema } from "@/lib/shared/schemas/model";

export const GET = defineRoute({
  query: listModelsQuerySchema,
  handler: async ({ actor, query }) => answer(modelListSchema, await listModels(actor, query)),
});
