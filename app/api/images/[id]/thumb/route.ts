import { answerFile } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { readThumbnail } from "@/lib/server/services/images";
import { imageParamsSchema } from "@/lib/shared/schemas/image";

export const GET = defineRoute({
  params: imageParamsSchema,
  handler: async ({ actor, params }) =>
    answerFile(await readThumbnail(actor, params.id), params.id),
});
