import { answerSeeOther } from "@/lib/server/http/answers";
import { definePublicRoute } from "@/lib/server/http/define-route";
import { openShareView } from "@/lib/server/services/share-visit";
import { shareParamsSchema } from "@/lib/shared/schemas/share";

export const POST = definePublicRoute({
  params: shareParamsSchema,
  fromAnywhere: true,
  handler: async ({ params: { slug } }) =>
    answerSeeOther(`/s/${slug}?pass=${encodeURIComponent(await openShareView(slug))}`),
});
