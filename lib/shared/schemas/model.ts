import { z } from "zod";

/** A ModelScope id, `Org/Name` or `Org/Name:Provider`; case matters. */
export const modelIdSchema = z
  .string()
  .max(200)
  .regex(/^[\w.-]+\/[\w.-]+(:[\w.-]+)?$/, { error: "validation.modelId" });

const modelKindSchema = z.enum(["chat", "vision", "image", "edit"]);

export const listModelsQuerySchema = z.strictObject({ kind: modelKindSchema.optional() });

const modelSchema = z.object({
  id: z.string(),
  kinds: z.array(modelKindSchema),
  reasoning: z.boolean(),
});
export const modelListSchema = z.object({
  models: z.array(modelSchema),
  /** `live`: read from ModelScope; `builtin`: the list that ships with the app. */
  source: z.enum(["live", "builtin"]),
});
export type ModelList = z.infer<typeof modelListSchema>;
