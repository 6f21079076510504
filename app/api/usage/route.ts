import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { getUsage } from "@/lib/server/services/usage";
import { ownUsageSchema, usageQuerySchema } from "@/lib/shared/schemas/usage";

export const GET = defineRoute({
  query: usageQuerySchema,
  handler: async ({ actor, query }) => answer(ownUsageSchema, await getUsage(actor, query)),
});
