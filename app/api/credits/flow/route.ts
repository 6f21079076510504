import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { getCreditFlow } from "@/lib/server/services/credits";
import { creditFlowSchema } from "@/lib/shared/schemas/credits";

export const GET = defineRoute({
  handler: async ({ actor }) => answer(creditFlowSchema, await getCreditFlow(actor)),
});
