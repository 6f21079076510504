import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { listAudit } from "@/lib/server/services/audit";
import { auditQuerySchema, auditSchema } from "@/lib/shared/schemas/admin";

export const GET = defineRoute({
  role: "administrator",
  query: auditQuerySchema,
  handler: async ({ actor, query }) => answer(auditSchema, await listAudit(actor, query)),
});
