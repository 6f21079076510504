import { answerDownload } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { exportUsage } from "@/lib/server/services/usage-export";
import { usageFilterSchema } from "@/lib/shared/schemas/usage";

export const GET = defineRoute({
  query: usageFilterSchema,
  handler: ({ actor, query }) => answerDownload(exportUsage(actor, query)),
});
