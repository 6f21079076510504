import { definePublicRoute } from "@/lib/server/http/define-route";

export const dynamic = "force-dynamic";

export const GET = definePublicRoute({ handler: () => Response.json({ status: "ok" }) });
