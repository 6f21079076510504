import { answerNothing } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { stopRun } from "@/lib/server/services/run";
import { runParamsSchema } from "@/lib/shared/schemas/chat";

export const POST = defineRoute({
  params: runParamsSchema,
  handler: async ({ actor, params }) => {
    await stopRun(actor, params.id);
    return answerNothing();
  },
});
