import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { checkImage } from "@/lib/server/services/images";
import { imageAnswerSchema, imageParamsSchema } from "@/lib/shared/schemas/image";

export const POST = defineRoute({
  params: imageParamsSchema,
  handler: async ({ actor, params }) =>
    answer(imageAnswerSchema, { image: await checkImage(actor, params.id) }),
});
