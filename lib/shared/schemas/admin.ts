import { z } from "zod";
import { limitsSchema } from "./limits";
import { usageQuerySchema, usageSchema } from "./usage";

export const teamUsageQuerySchema = usageQuerySchema.extend({
  by: z.enum(["member", "model", "kind", "status"]).optional(),
});
export type TeamUsageQuery = z.infer<typeof teamUsageQuerySchema>;

const memberSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  /** The limits that hold, whether of their own or of every member. */
  limits: limitsSchema,
  hasOwnLimits: z.boolean(),
  /** Of today's limits. */
  today: z.object({ calls: z.number(), credits: z.number(), pictures: z.number() }),
});

/** Numbers of everybody: never a prompt, a picture or an answer. */
export const teamUsageSchema = usageSchema.extend({
  /** Names of the members that are groups, by id. */
  names: z.record(z.string(), z.string()),
});
export type TeamUsage = z.infer<typeof teamUsageSchema>;

export const teamLimitsSchema = z.object({
  team: limitsSchema,
  members: limitsSchema,
  teamToday: z.object({ calls: z.number(), credits: z.number(), pictures: z.number() }),
  people: z.array(memberSchema),
});
export type TeamLimits = z.infer<typeof teamLimitsSchema>;

const AUDIT_ACTIONS = [
  "usage.view",
  "usage.export",
  "limits.view",
  "limits.change",
  "shares.revoke",
  "audit.view",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export const auditQuerySchema = z.strictObject({ cursor: z.string().max(200).optional() });
export const auditSchema = z.object({
  entries: z.array(
    z.object({
      id: z.string(),
      at: z.iso.datetime(),
      /** Who; null once the account is gone. */
      name: z.string().nullable(),
      action: z.enum(AUDIT_ACTIONS),
      /** Whom or what it was about: a name, or words of ours such as a range. */
      subject: z.string().nullable(),
      /** What it was set to. */
      detail: z.string().nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
});
export type Audit = z.infer<typeof auditSchema>;
