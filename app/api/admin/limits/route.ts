import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { getTeamLimits } from "@/lib/server/services/team-usage";
import { teamLimitsSchema } from "@/lib/shared/schemas/admin";

export const GET = defineRoute({
  role: "administrator",
  handler: async ({ actor }) => answer(teamLimitsSchema, await getTeamLimits(actor)),
});
