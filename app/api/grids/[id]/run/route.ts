import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { runGrid } from "@/lib/server/services/image-grids";
import { idempotencyKeySchema } from "@/lib/shared/schemas/chat";
import { gridSchema, runGridBodySchema } from "@/lib/shared/schemas/grid";
import { imageParamsSchema } from "@/lib/shared/schemas/image";

export const POST = defineRoute({
  params: imageParamsSchema,
  headers: { "idempotency-key": idempotencyKeySchema },
  body: runGridBodySchema,
  handler: async ({ actor, params, body, headers }) =>
    answer(gridSchema, await runGrid(actor, params.id, body, headers["idempotency-key"]), 202),
});
