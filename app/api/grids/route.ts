import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { createGrid } from "@/lib/server/services/image-grids";
import { idempotencyKeySchema } from "@/lib/shared/schemas/chat";
import { createGridBodySchema, gridSchema } from "@/lib/shared/schemas/grid";

export const POST = defineRoute({
  headers: { "idempotency-key": idempotencyKeySchema },
  body: createGridBodySchema,
  handler: async ({ actor, body, headers }) =>
    answer(gridSchema, await createGrid(actor, body, headers["idempotency-key"]), 202),
});
