import { answer, answerNothing } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { updateMe } from "@/lib/server/services/me";
import { toLocale } from "@/lib/shared/locales";
import { meSchema, updateMeBodySchema } from "@/lib/shared/schemas/me";

export const GET = defineRoute({
  handler: ({ actor }) =>
    answer(meSchema, { ...actor, id: actor.userId, locale: toLocale(actor.locale) }),
});

export const PATCH = defineRoute({
  body: updateMeBodySchema,
  handler: async ({ actor, body }) => {
    await updateMe(actor, body);
    return answerNothing();
  },
});
