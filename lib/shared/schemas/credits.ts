import { z } from "zod";
import { MEASURES } from "./limits";

/** One limit of the team's, or the user's own budget, and how much of today's is used. */
const capSchema = z.object({
  scope: z.enum(["member", "team", "self"]),
  measure: z.enum(MEASURES),
  /** `near` from 80 % on; `reached`: nothing more is let through, except by a budget of one's own. */
  level: z.enum(["ok", "near", "reached"]),
  limit: z.number(),
  /** Null for the team: what others use is theirs. */
  used: z.number().nullable(),
});
export type Cap = z.infer<typeof capSchema>;

/** Magicubes; null = unknown, never shown as 0. */
export const creditsSchema = z.object({
  state: z.enum(["known", "unreadable", "no_token"]),
  available: z.number().nullable(),
  held: z.number().nullable(),
  source: z.string(),
  readAt: z.iso.datetime().nullable(),
  /** Why the balance could not be read; null also where the answer had no balance in it. */
  errorCode: z.string().nullable(),
  /** The last reading that succeeded, where this one did not. */
  last: z
    .object({
      available: z.number(),
      held: z.number().nullable(),
      readAt: z.iso.datetime(),
    })
    .nullable(),
  /** Calls a day, where ModelScope names them; `model` null = all together. */
  limits: z.array(
    z.object({
      model: z.string().nullable(),
      limit: z.number().nullable(),
      remaining: z.number().nullable(),
      readAt: z.iso.datetime(),
    }),
  ),
  /** What is known of when Magicubes lapse, soonest first: inferred from rises of the balance. */
  batches: z.array(z.object({ credits: z.number(), lapsesAt: z.iso.datetime() })),
  caps: z.array(capSchema),
});
export type Credits = z.infer<typeof creditsSchema>;

/** Where today's Magicubes went, in Magicubes. */
export const creditFlowSchema = z.object({
  /** Of the ledger's calls whose price is known. */
  here: z.number(),
  unpriced: z.number(),
  /** By other programs with the same account; null where no change of the balance could be explained. */
  elsewhere: z.number().nullable(),
  unclear: z.number(),
  granted: z.number(),
  /** Magicubes an hour over today, and when the balance is empty at this pace; null = not within a day. */
  perHour: z.number().nullable(),
  emptyAt: z.iso.datetime().nullable(),
});
export type CreditFlow = z.infer<typeof creditFlowSchema>;
