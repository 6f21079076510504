import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { searchLoras } from "@/lib/server/services/loras";
import { loraListSchema, searchLorasQuerySchema } from "@/lib/shared/schemas/lora";

export const GET = defineRoute({
  query: searchLorasQuerySchema,
  handler: async ({ actor, query }) => answer(loraListSchema, await searchLoras(actor, query.q)),
});
