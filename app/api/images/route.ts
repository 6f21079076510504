import { answer, answerNothing } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { createImages } from "@/lib/server/services/image-orders";
import { changeImages, listImages, removeImages } from "@/lib/server/services/images";
import { idempotencyKeySchema } from "@/lib/shared/schemas/chat";
import {
  changeImagesBodySchema,
  createImageBodySchema,
  imageIdsBodySchema,
  imageListSchema,
  imageOrderSchema,
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
    const ordered = await createImages(actor, body, headers["idempotency-key"]);
    return answer(imageOrderSchema, ordered, 202);
  },
});

export const PATCH = defineRoute({
  body: changeImagesBodySchema,
  handler: async ({ actor, body }) => {
    await changeImages(actor, body);
    return answerNothing();
  },
});

export const DELETE = defineRoute({
  body: imageIdsBodySchema,
  handler: async ({ actor, body }) => {
    await removeImages(actor, body.ids);
    return answerNothing();
  },
});
