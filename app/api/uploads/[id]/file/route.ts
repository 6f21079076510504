import { answerFile } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { readUploadFile } from "@/lib/server/services/uploads";
import { uploadParamsSchema } from "@/lib/shared/schemas/upload";

export const GET = defineRoute({
  params: uploadParamsSchema,
  handler: async ({ actor, params }) =>
    answerFile(await readUploadFile(actor, params.id), params.id),
});
