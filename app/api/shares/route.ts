import { answer, answerNothing } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { listShares, revokeAllShares } from "@/lib/server/services/share";
import { shareListSchema } from "@/lib/shared/schemas/share";

export const GET = defineRoute({
  handler: async ({ actor }) => answer(shareListSchema, await listShares(actor)),
});

export const DELETE = defineRoute({
  handler: async ({ actor }) => {
    await revokeAllShares(actor);
    return answerNothing();
  },
});
