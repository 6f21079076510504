import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { watchGrid } from "@/lib/server/services/image-grids";
import { gridSchema } from "@/lib/shared/schemas/grid";
import { imageParamsSchema } from "@/lib/shared/schemas/image";

export const GET = defineRoute({
  params: imageParamsSchema,
  handler: async ({ actor, params }) => answer(gridSchema, await watchGrid(actor, params.id)),
});
