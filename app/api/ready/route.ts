import { definePublicRoute } from "@/lib/server/http/define-route";
import { checkReadiness } from "@/lib/server/services/health";

export const dynamic = "force-dynamic";

export const GET = definePublicRoute({
  handler: async () => {
    const { isReady, database } = await checkReadiness();
    const body = { status: isReady ? "ok" : "degraded", database };
    return Response.json(body, { status: isReady ? 200 : 503 });
  },
});
