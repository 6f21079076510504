import { answerNothing } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { setFavourite } from "@/lib/server/services/models";
import { favouriteBodySchema } from "@/lib/shared/schemas/model";

export const PUT = defineRoute({
  body: favouriteBodySchema,
  handler: async ({ actor, body }) => {
    await setFavourite(actor, body);
    return answerNothing();
  },
});
