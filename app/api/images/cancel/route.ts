import { answerNothing } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { cancelImages } from "@/lib/server/services/images";
import { imageIdsBodySchema } from "@/lib/shared/schemas/image";

export const POST = defineRoute({
  body: imageIdsBodySchema,
  handler: async ({ actor, body }) => {
    await cancelImages(actor, body.ids);
    return answerNothing();
  },
});
