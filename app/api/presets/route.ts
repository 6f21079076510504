import { answer } from "@/lib/server/http/answers";
import { defineRoute } from "@/lib/server/http/define-route";
import { createPreset, listPresets } from "@/lib/server/services/presets";
import {
  createPresetBodySchema,
  presetListSchema,
  presetSchema,
} from "@/lib/shared/schemas/preset";

export const GET = defineRoute({
  handler: async ({ actor }) => answer(presetListSchema, { presets: await listPresets(actor) }),
});

export const POST = defineRoute({
  body: createPresetBodySchema,
  handler: async ({ actor, body }) => answer(presetSchema, await createPreset(actor, body), 201),
});
