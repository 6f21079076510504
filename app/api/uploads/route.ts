import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { getMaxUploadBytes } from "@/lib/server/services/deployment";
import { storeUpload } from "@/lib/server/services/uploads";
import { uploadSchema } from "@/lib/shared/schemas/upload";

export const POST = defineRoute({
  maxBytes: getMaxUploadBytes,
  handler: async ({ actor, bytes }) => answer(uploadSchema, await storeUpload(actor, bytes), 201),
});
