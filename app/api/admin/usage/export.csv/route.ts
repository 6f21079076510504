import { answerDownload } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { exportTeamUsage } from "@/lib/server/services/team-usage";
import { teamUsageQuerySchema } from "@/lib/shared/schemas/admin";

export const GET = defineRoute({
  role: "administrator",
  query: teamUsageQuerySchema,
  handler: async ({ actor, query }) => answerDownload(await exportTeamUsage(actor, query)),
});
