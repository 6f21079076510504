import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { getLane } from "@/lib/server/services/lane";
import { laneSchema } from "@/lib/shared/schemas/lane";

export const GET = defineRoute({
  handler: async ({ actor }) => answer(laneSchema, await getLane(actor)),
});
