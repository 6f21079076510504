import { z } from "zod";
import { answer } from "@/lib/server/http/answers";
import { definePublicRoute } from "@/lib/server/http/define-route";
import { completeSetup } from "@/lib/server/services/setup";
import { setupBodySchema } from "@/lib/shared/schemas/setup";

export const POST = definePublicRoute({
  body: setupBodySchema,
  handler: async ({ body }) => answer(z.object({ id: z.string() }), await completeSetup(body), 201),
});
