import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { countGallery } from "@/lib/server/services/images";
import { imageCountsSchema } from "@/lib/shared/schemas/image";

export const GET = defineRoute({
  handler: async ({ actor }) => answer(imageCountsSchema, await countGallery(actor)),
});
