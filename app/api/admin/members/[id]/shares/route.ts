import { answerNothing } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { revokeMemberShares } from "@/lib/server/services/share";
import { memberParamsSchema } from "@/lib/shared/schemas/share";

export const DELETE = defineRoute({
  role: "administrator",
  params: memberParamsSchema,
  handler: async ({ actor, params }) => {
    await revokeMemberShares(actor, params.id);
    return answerNothing();
  },
});
