import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { createImage, listImages } from "@/lib/server/services/images";
import { idempotencyKeySchema } from "@/lib/shared/schemas/chat";
import {
  createImageBodySchema,
  imageAnswerSchema,
  imageListSchema,
  listImagesQuerySchema,
} from "@/lib/shared/schemas/image";

export const GET = defineRoute({
  query: listImagesQuerySchema,
  handler: async ({ actor, query }) => answer(imageListSchema, await listImages(actor, query)),
});

export const POST = defineRoute({
  headers: { "idempotency-key": idempotencyKeySchema },
  body: createImageBodySchema,
  handler: async ({ actor, body, headers }) => {
    const image = await createImage(actor, body, headers["idempotency-key"]);
    return answer(imageAnswerSchema, { image }, 202);
  },
});
