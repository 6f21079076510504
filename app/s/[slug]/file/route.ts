import { answerFile } from "@/lib/server/http/answers";
import { definePublicRoute } from "@/lib/server/http/define-route";
import { readPublicShareFile } from "@/lib/server/services/share-visit";
import { shareParamsSchema, shareQuerySchema } from "@/lib/shared/schemas/share";

export const GET = definePublicRoute({
  params: shareParamsSchema,
  query: shareQuerySchema,
  handler: async ({ params, query }) =>
    answerFile(await readPublicShareFile({ ...params, ...query }), "shared-picture"),
});
