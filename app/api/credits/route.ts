import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { getCredits } from "@/lib/server/services/credits";
import { creditsSchema } from "@/lib/shared/schemas/credits";

export const GET = defineRoute({
  handler: async ({ actor }) => answer(creditsSchema, await getCredits(actor)),
});
