import { answerFile, answerPicture } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { readImageDownload } from "@/lib/server/services/image-download";
import { readImageFile } from "@/lib/server/services/images";
import { imageFileQuerySchema, imageParamsSchema } from "@/lib/shared/schemas/image";

export const GET = defineRoute({
  params: imageParamsSchema,
  query: imageFileQuerySchema,
  handler: async ({ actor, params: { id }, query }) =>
    query.format || query.recipe
      ? answerPicture(await readImageDownload(actor, id, query))
      : answerFile(await readImageFile(actor, id), id),
});
