import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { getUsage } from "@/lib/server/services/usage";
import { usageQuerySchema, usageSchema } from "@/lib/shared/schemas/usage";

export const GET = defineRoute({
  query: usageQuerySchema,
  handler: async ({ actor, query }) => answer(usageSchema, await getUsage(actor, query)),
});
