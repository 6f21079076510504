import { answerPreview } from "@/lib/server/http/answers";
import { definePublicRoute } from "@/lib/server/http/define-route";
import { renderSharePreview } from "@/lib/server/services/share-visit";
import { shareParamsSchema } from "@/lib/shared/schemas/share";

export const GET = definePublicRoute({
  params: shareParamsSchema,
  handler: async ({ params }) => answerPreview(await renderSharePreview(params.slug), "image/jpeg"),
});
