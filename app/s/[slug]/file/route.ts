import { answerFile } from "@/lib/server/http/answers";
import { definePublicRoute } from "@/lib/server/http/define-route";
import { readPublicShareFile } from "@/lib/server/services/share";
import { shareParamsSchema } from "@/lib/shared/schemas/share";

export const GET = definePublicRoute({
  params: shareParamsSchema,
  handler: async ({ params }) =>
    answerFile(await readPublicShareFile(params.slug), "shared-picture"),
});
