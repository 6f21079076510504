import { z } from "zod";
import {
  DAY_MS,
  HOUR_MS,
  lastLedgerDays,
  startOfLedgerTime,
  toLedgerDay,
  toLedgerHour,
} from "./calendar";
import { freeText } from "./clean-text";
import { cursorSchema } from "./cursor";
import { isErrorCode } from "./errors";
import {
  daySchema,
  MAX_RANGE_DAYS,
  USAGE_KINDS,
  USAGE_STATUSES,
  type UsageFilter,
  type UsageQuery,
} from "./schemas/usage";

export const RANGES = ["24h", "7", "14", "30", "90", "custom"] as const;
export const GROUPINGS = ["model", "kind", "status"] as const;
const MEASURES = ["credits", "calls"] as const;

const shownDaySchema = daySchema.optional().catch(undefined);

/** What an address says of a range; whatever is no sense in it is as if it were not there. */
export const usageRangeSchema = z.object({
  range: z.enum(RANGES).catch("14"),
  from: shownDaySchema,
  to: shownDaySchema,
  measure: z.enum(MEASURES).catch("credits"),
});

/** What the address of the usage page says. */
export const usageViewSchema = usageRangeSchema.extend({
  by: z.enum(GROUPINGS).catch("model"),
  kind: z.enum(USAGE_KINDS).optional().catch(undefined),
  status: z.enum(USAGE_STATUSES).optional().catch(undefined),
  error: z.string().refine(isErrorCode).optional().catch(undefined),
  model: freeText().trim().min(1).max(200).optional().catch(undefined),
  troubled: z.literal("1").optional().catch(undefined),
  cursor: cursorSchema.optional().catch(undefined),
});
export type UsageView = z.infer<typeof usageViewSchema>;

/** An address with what there is of some values. */
export function toHref(path: string, values: Record<string, string | undefined>): string {
  const present = Object.entries(values).filter(([, value]) => value !== undefined);
  return `${path}?${new URLSearchParams(present as [string, string][])}`;
}

/** The address of a view with something changed; a change of what is seen begins the ledger anew. */
export function toUsageHref(view: UsageView, change: Partial<UsageView> = {}, hash = ""): string {
  return toHref("/usage", { ...view, cursor: undefined, ...change }) + hash;
}

/**
 * The days or hours that a view is of, up to `now`; a custom range the wrong way
 * round is turned, one that is too long begins later, and none ends past today.
 */
export function toUsageQuery(
  view: Pick<UsageView, "range" | "from" | "to">,
  now: Date,
): Required<Pick<UsageQuery, "from" | "to" | "bucket">> {
  const today = toLedgerDay(now);
  if (view.range === "24h") {
    const from = toLedgerHour(new Date(now.getTime() - DAY_MS + HOUR_MS));
    return { from, to: toLedgerHour(now), bucket: "hour" };
  }
  if (view.range === "custom") {
    const own = [view.from ?? today, view.to ?? today].map((day) => [day, today].sort()[0]);
    const [first = today, to = today] = own.sort();
    const [earliest = first] = lastLedgerDays(startOfLedgerTime(to), MAX_RANGE_DAYS);
    const from = [first, earliest].sort().at(-1) ?? first;
    const isShort = Date.parse(to) - Date.parse(from) < 2 * DAY_MS;
    return { from, to, bucket: isShort ? "hour" : "day" };
  }
  const [from = today] = lastLedgerDays(now, Number(view.range));
  return { from, to: today, bucket: "day" };
}

/** Which rows of the ledger a view shows. */
export function toUsageFilter(
  { kind, status, error, model, troubled }: UsageView,
  { from, to }: Pick<UsageQuery, "from" | "to">,
): UsageFilter {
  return { from, to, kind, status, error, model, troubled };
}

/** The address of the file with the rows of a view. */
export function toExportHref(filter: UsageFilter): string {
  return toHref("/api/usage/export.csv", filter);
}
