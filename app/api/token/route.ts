import { answer, answerNothing } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { forgetCredits } from "@/lib/server/services/credits";
import { getTokenStatus, removeToken, storeToken } from "@/lib/server/services/token";
import { putTokenBodySchema, tokenStatusSchema } from "@/lib/shared/schemas/token";

export const GET = defineRoute({
  handler: async ({ actor }) => answer(tokenStatusSchema, await getTokenStatus(actor)),
});

export const PUT = defineRoute({
  body: putTokenBodySchema,
  handler: async ({ actor, body }) => {
    const status = await storeToken(actor, body.token, body.site ?? "cn");
    await forgetCredits(actor);
    return answer(tokenStatusSchema, status);
  },
});

export const DELETE = defineRoute({
  handler: async ({ actor }) => {
    await removeToken(actor);
    await forgetCredits(actor);
    return answerNothing();
  },
});
