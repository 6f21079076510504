import { z } from "zod";
import { freeText } from "../clean-text";
import { idSchema } from "../ids";
import { chatSettingsSchema } from "./chat";
import { modelIdSchema } from "./model";

const nameSchema = freeText().trim().min(1).max(80);

export const presetParamsSchema = z.strictObject({ id: idSchema });

export const createPresetBodySchema = z.strictObject({
  name: nameSchema,
  model: modelIdSchema,
  settings: chatSettingsSchema,
  isShared: z.boolean().optional(),
});
export type CreatePresetBody = z.infer<typeof createPresetBodySchema>;

export const patchPresetBodySchema = createPresetBodySchema.partial();
export type PatchPresetBody = z.infer<typeof patchPresetBodySchema>;

/** Model, system prompt and parameters under a name. */
export const presetSchema = z.object({
  id: z.string(),
  name: z.string(),
  model: z.string(),
  settings: chatSettingsSchema,
  isShared: z.boolean(),
  isOwn: z.boolean(),
  /** Who made it. */
  ownerName: z.string(),
});
export type Preset = z.infer<typeof presetSchema>;

export const presetListSchema = z.object({ presets: z.array(presetSchema) });
