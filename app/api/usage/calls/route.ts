import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { listUsageCalls } from "@/lib/server/services/usage-calls";
import { usageCallsQuerySchema, usageCallsSchema } from "@/lib/shared/schemas/usage";

export const GET = defineRoute({
  query: usageCallsQuerySchema,
  handler: async ({ actor, query }) => answer(usageCallsSchema, await listUsageCalls(actor, query)),
});
