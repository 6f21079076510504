import { answerStream } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { followRun } from "@/lib/server/services/run";
import { runParamsSchema } from "@/lib/shared/schemas/chat";

export const maxDuration = 600;

export const GET = defineRoute({
  params: runParamsSchema,
  handler: async ({ actor, params }) => answerStream(await followRun(actor, params.id)),
});
