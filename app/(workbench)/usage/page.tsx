import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { cache, Suspense } from "react";
import { PageBar } from "@/components/layout/page-bar";
import { Skeleton } from "@/components/ui/skeleton";
import { Balance } from "@/components/usage/balance";
import { Caps } from "@/components/usage/caps";
import { Elsewhere, ElsewhereNotes } from "@/components/usage/elsewhere";
import { ErrorTable } from "@/components/usage/error-table";
import { FirstTokens } from "@/components/usage/first-tokens";
import { HeatMap } from "@/components/usage/heat-map";
import { Ledger } from "@/components/usage/ledger";
import { Today } from "@/components/usage/today";
import { UsageBreakdown } from "@/components/usage/usage-breakdown";
import { UsageFilters } from "@/components/usage/usage-filters";
import { UsageSummary } from "@/components/usage/usage-summary";
import { requirePageActor } from "@/lib/server/auth/page-actor";
import { now } from "@/lib/server/clock";
import { getCreditFlow, getCredits } from "@/lib/server/services/credits";
import { listCaps } from "@/lib/server/services/limits";
import { listSeenPrices } from "@/lib/server/services/prices";
import { getAccount, getSums } from "@/lib/server/services/usage";
import { listUsageCalls } from "@/lib/server/services/usage-calls";
import type { Actor } from "@/lib/shared/actor";
import {
  GROUPINGS,
  toExportHref,
  toUsageFilter,
  toUsageHref,
  toUsageQuery,
  usageViewSchema,
} from "@/lib/shared/usage-view";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  const t = await getTranslations("usage");
  return { title: t("title") };
}

/** Once for the page: it waits for ModelScope, and what it explains is in what is read after it. */
const readCredits = cache(getCredits);
const readAccount = cache(async (actor: Actor, query: Parameters<typeof getAccount>[1]) => {
  await readCredits(actor);
  return getAccount(actor, query);
});

async function Account({ actor }: { actor: Actor }) {
  const credits = await readCredits(actor);
  const flow = await getCreditFlow(actor);
  return (
    <>
      <Balance credits={credits} />
      <Today flow={flow} />
    </>
  );
}

type RangeProps = { actor: Actor; query: ReturnType<typeof toUsageQuery> };

const RangeElsewhere = async ({ actor, query }: RangeProps) => (
  <Elsewhere account={await readAccount(actor, query)} />
);

const RangeNotes = async ({ actor, query }: RangeProps) => (
  <ElsewhereNotes account={await readAccount(actor, query)} bucket={query.bucket} />
);

export default async function UsagePage({ searchParams }: Props) {
  const actor = await requirePageActor();
  const view = usageViewSchema.parse(await searchParams);
  const query = toUsageQuery(view, now());
  const filter = toUsageFilter(view, query);
  const [t, usage, caps, seenPrices, { calls, nextCursor }] = await Promise.all([
    getTranslations("usage"),
    getSums(actor, { ...query, by: view.by }),
    listCaps(actor),
    listSeenPrices(actor),
    listUsageCalls(actor, { ...filter, cursor: view.cursor }),
  ]);
  const nameOf = (key: string) => {
    if (view.by === "model") return key.split("/").at(-1) ?? key;
    return view.by === "kind" ? t(`kind.${key as "chat"}`) : t(`status.${key as "complete"}`);
  };
  const waiting = (
    <>
      <Skeleton className="m-5 h-48" />
      <Skeleton className="m-5 h-48" />
    </>
  );
  return (
    <>
      <PageBar title={t("title")} />
      <main className="relative min-h-0 flex-1 overflow-y-auto p-6 max-sm:p-4">
        <UsageFilters
          path="/usage"
          hrefOf={(change) => toUsageHref(view, change)}
          view={view}
          groupings={GROUPINGS.map((by) => ({ by, text: t(`by.${by}`) }))}
          from={query.from}
          to={query.to}
          exportHref={toExportHref(filter)}
        />
        <div className="mt-4 rounded-6 border border-hair bg-surface">
          <div className="grid divide-hair border-b border-hair max-lg:divide-y lg:grid-cols-[7fr_5fr] lg:divide-x">
            <Suspense fallback={waiting}>
              <Account actor={actor} />
            </Suspense>
          </div>
          <Caps caps={caps} />
          <UsageSummary
            usage={usage}
            elsewhere={{
              value: (
                <Suspense fallback={<Skeleton className="h-5 w-16" />}>
                  <RangeElsewhere actor={actor} query={query} />
                </Suspense>
              ),
              notes: (
                <Suspense>
                  <RangeNotes actor={actor} query={query} />
                </Suspense>
              ),
            }}
          />
          <UsageBreakdown
            usage={usage}
            measure={view.measure}
            countsTries={view.by === "status"}
            measureHrefs={{
              credits: toUsageHref(view, { measure: "credits" }),
              calls: toUsageHref(view, { measure: "calls" }),
            }}
            groupTitle={t(`by.${view.by}`)}
            nameOf={nameOf}
            {...(view.by === "model" && { seenPrices })}
          />
          <div className="grid divide-hair border-b border-hair max-lg:divide-y lg:grid-cols-[7fr_5fr] lg:divide-x">
            <div className="min-w-0 divide-y divide-hair">
              <FirstTokens firstTokens={usage.firstTokens} />
              {usage.bucket === "day" && <HeatMap hours={usage.hours} />}
            </div>
            <div className="min-w-0">
              <ErrorTable
                usage={usage}
                hrefOf={(error) =>
                  toUsageHref(
                    view,
                    {
                      kind: undefined,
                      status: undefined,
                      model: undefined,
                      troubled: undefined,
                      error: error as typeof view.error,
                    },
                    "#ledger",
                  )
                }
              />
              <p className="px-5 pb-4 text-13">
                <Link href="/weather" className="text-signal underline underline-offset-2">
                  {t("toWeather")}
                </Link>
              </p>
            </div>
          </div>
          <Ledger calls={calls} nextCursor={nextCursor} view={view} />
        </div>
      </main>
    </>
  );
}
