import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { getTeamUsage } from "@/lib/server/services/team-usage";
import { teamUsageQuerySchema, teamUsageSchema } from "@/lib/shared/schemas/admin";

export const GET = defineRoute({
  role: "administrator",
  query: teamUsageQuerySchema,
  handler: async ({ actor, query }) => answer(teamUsageSchema, await getTeamUsage(actor, query)),
});
