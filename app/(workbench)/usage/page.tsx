import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { PageBar } from "@/components/layout/page-bar";
import { Balance } from "@/components/usage/balance";
import { Ledger } from "@/components/usage/ledger";
import { UsageBreakdown } from "@/components/usage/usage-breakdown";
import { GROUPINGS, RANGES, UsageFilters } from "@/components/usage/usage-filters";
import { UsageSummary } from "@/components/usage/usage-summary";
import { requirePageActor } from "@/lib/server/auth/page-actor";
import { getCredits } from "@/lib/server/services/credits";
import { getUsageOfLastDays, listUsageCalls } from "@/lib/server/services/usage";

const viewSchema = z.object({
  days: z.coerce.number().pipe(z.literal(RANGES)).catch(14),
  by: z.enum(GROUPINGS).catch("model"),
});

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  const t = await getTranslations("usage");
  return { title: t("title") };
}

export default async function UsagePage({ searchParams }: Props) {
  const actor = await requirePageActor();
  const view = viewSchema.parse(await searchParams);
  const [t, credits, { usage, days }, { calls }] = await Promise.all([
    getTranslations("usage"),
    getCredits(actor),
    getUsageOfLastDays(actor, view.days, view.by),
    listUsageCalls(actor, {}),
  ]);
  return (
    <>
      <PageBar title={t("title")} />
      <main className="min-h-0 flex-1 overflow-y-auto p-6 max-sm:p-4">
        <UsageFilters view={view} />
        <div className="mt-4 rounded-6 border border-hair bg-surface">
          <div className="grid border-b border-hair lg:grid-cols-[7fr_5fr] lg:divide-x lg:divide-hair max-lg:divide-y max-lg:divide-hair">
            <Balance credits={credits} />
            <UsageSummary usage={usage} />
          </div>
          <UsageBreakdown usage={usage} days={days} view={view} />
          <Ledger calls={calls} />
        </div>
      </main>
    </>
  );
}
