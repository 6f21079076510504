import { z } from "zod";
import { answer } from "@/lib/server/http/answers";
import { definePublicRoute } from "@/lib/server/http/define-route";
import { tick } from "@/lib/server/services/tick";

const tickSchema = z.object({ imageSteps: z.number() });

const handle = definePublicRoute({
  headers: { authorization: z.string().max(1_000).default("") },
  handler: async ({ headers }) => answer(tickSchema, await tick(headers.authorization)),
});

// Vercel's cron calls with GET, everybody else with POST.
export { handle as GET, handle as POST };
