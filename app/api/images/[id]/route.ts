import { answer, answerNothing } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { getImage, removeImages } from "@/lib/server/services/images";
import { imageAnswerSchema, imageParamsSchema } from "@/lib/shared/schemas/image";

export const GET = defineRoute({
  params: imageParamsSchema,
  handler: async ({ actor, params }) =>
    answer(imageAnswerSchema, { image: await getImage(actor, params.id) }),
});

export const DELETE = defineRoute({
  params: imageParamsSchema,
  handler: async ({ actor, params }) => {
    await removeImages(actor, [params.id]);
    return answerNothing();
  },
});
