import { answer, answerNothing } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { changePreset, removePreset } from "@/lib/server/services/presets";
import {
  patchPresetBodySchema,
  presetParamsSchema,
  presetSchema,
} from "@/lib/shared/schemas/preset";

export const PATCH = defineRoute({
  params: presetParamsSchema,
  body: patchPresetBodySchema,
  handler: async ({ actor, params, body }) =>
    answer(presetSchema, await changePreset(actor, params.id, body)),
});

export const DELETE = defineRoute({
  params: presetParamsSchema,
  handler: async ({ actor, params }) => {
    await removePreset(actor, params.id);
    return answerNothing();
  },
});
