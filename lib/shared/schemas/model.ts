import { z } from "zod";
import { freeText } from "../clean-text";
import { modelWeatherSchema } from "./weather";

/** A ModelScope id, `Org/Name` or `Org/Name:Provider`; case matters. */
export const modelIdSchema = z
  .string()
  .max(200)
  .regex(/^[\w.-]+\/[\w.-]+(:[\w.-]+)?$/, { error: "validation.modelId" })
  .refine((id) => !/(^|\/)\.{1,2}(\/|:|$)/.test(id), { error: "validation.modelId" });

const modelKindSchema = z.enum(["chat", "vision", "image", "edit"]);

export const listModelsQuerySchema = z.strictObject({
  kind: modelKindSchema.optional(),
  /** Part of an id or a name; case does not matter. */
  search: freeText().trim().max(200).optional(),
});

export const checkModelQuerySchema = z.strictObject({
  id: modelIdSchema,
  /** What it is wanted for. */
  kind: modelKindSchema.optional(),
});

export const favouriteBodySchema = z.strictObject({
  model: modelIdSchema,
  isFavourite: z.boolean(),
});

const modelSchema = z.object({
  id: z.string(),
  /** The name on ModelScope's site, where it has one. */
  name: z.string().nullable(),
  kinds: z.array(modelKindSchema),
  reasoning: z.boolean(),
  /** How its reasoning can be set. */
  thinking: z.object({ canSwitch: z.boolean(), canBudget: z.boolean() }),
  /** Magicubes a call, in steps of a half; null = not known. */
  price: z.number().nullable(),
  /** Seen in the balance, not said by ModelScope's list. */
  isPriceSeen: z.boolean(),
  /** `unlisted`: typed in; `withdrawn`: ModelScope refused it as no longer served. */
  state: z.enum(["listed", "unlisted", "withdrawn"]),
  withdrawnAt: z.iso.datetime().nullable(),
  image: z
    .object({
      minSide: z.number(),
      maxSide: z.number(),
      sideStep: z.number(),
      defaultSize: z.string(),
      without: z.array(z.string()),
      maxLoras: z.number(),
      maxInputs: z.number(),
      usualSeconds: z.number(),
    })
    .nullable(),
  /** How it did for the team lately; null where nobody called it. */
  health: modelWeatherSchema.nullable(),
  isFavourite: z.boolean(),
  lastUsedAt: z.iso.datetime().nullable(),
});
export type Model = z.infer<typeof modelSchema>;

export const modelListSchema = z.object({
  models: z.array(modelSchema),
  /**
   * `live`: read from ModelScope; `copy`: the last reading, while ModelScope cannot be asked;
   * `builtin`: the list that ships with the app.
   */
  source: z.enum(["live", "copy", "builtin"]),
  readAt: z.iso.datetime().nullable(),
});
export type ModelList = z.infer<typeof modelListSchema>;

export const modelAnswerSchema = z.object({ model: modelSchema });
