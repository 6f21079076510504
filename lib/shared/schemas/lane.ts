import { z } from "zod";

/** Who calls with the user's token now, and who waits, in order. */
export const laneSchema = z.object({
  entries: z.array(
    z.object({
      /** The run's; null for a short call that belongs to none. */
      runId: z.string().nullable(),
      imageId: z.string().nullable(),
      conversationId: z.string().nullable(),
      title: z.string().nullable(),
      model: z.string().nullable(),
      isRunning: z.boolean(),
    }),
  ),
});
export type Lane = z.infer<typeof laneSchema>;
