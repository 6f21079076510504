import { z } from "zod";
import { freeText } from "../clean-text";

export const searchLorasQuerySchema = z.strictObject({ q: freeText().trim().min(2).max(100) });

/** Ids of LoRAs whose name has the words. */
export const loraListSchema = z.object({ ids: z.array(z.string()) });
