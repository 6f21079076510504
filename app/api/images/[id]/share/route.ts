import { answer, answerNothing } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { getShareState, revokeShare, shareImage } from "@/lib/server/services/share";
import { imageParamsSchema } from "@/lib/shared/schemas/image";
import { createShareBodySchema, shareStateSchema } from "@/lib/shared/schemas/share";

export const GET = defineRoute({
  params: imageParamsSchema,
  handler: async ({ actor, params }) =>
    answer(shareStateSchema, await getShareState(actor, params.id)),
});

export const POST = defineRoute({
  params: imageParamsSchema,
  body: createShareBodySchema,
  handler: async ({ actor, params, body }) =>
    answer(shareStateSchema, await shareImage(actor, params.id, body), 201),
});

export const DELETE = defineRoute({
  params: imageParamsSchema,
  handler: async ({ actor, params }) => {
    await revokeShare(actor, params.id);
    return answerNothing();
  },
});
