import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { AdminFrame } from "@/components/admin/admin-frame";
import { PageBar } from "@/components/layout/page-bar";
import { ErrorTable } from "@/components/usage/error-table";
import { FirstTokens } from "@/components/usage/first-tokens";
import { HeatMap } from "@/components/usage/heat-map";
import { UsageBreakdown } from "@/components/usage/usage-breakdown";
import { UsageFilters } from "@/components/usage/usage-filters";
import { UsageSummary } from "@/components/usage/usage-summary";
import { requirePageAdministrator } from "@/lib/server/auth/page-actor";
import { now } from "@/lib/server/clock";
import { getTeamUsage } from "@/lib/server/services/team-usage";
import { toHref, toUsageQuery, usageRangeSchema } from "@/lib/shared/usage-view";

const GROUPINGS = ["member", "model", "kind", "status"] as const;

const viewSchema = usageRangeSchema.extend({ by: z.enum(GROUPINGS).catch("member") });
type View = z.infer<typeof viewSchema>;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  const t = await getTranslations("admin");
  return { title: t("page.usage") };
}

export default async function TeamUsagePage({ searchParams }: Props) {
  const actor = await requirePageAdministrator();
  const view = viewSchema.parse(await searchParams);
  const query = { ...toUsageQuery(view, now()), by: view.by };
  const [t, tUsage, { names, ...usage }] = await Promise.all([
    getTranslations("admin"),
    getTranslations("usage"),
    getTeamUsage(actor, query),
  ]);
  const hrefOf = (change: Partial<View>) => toHref("/admin/usage", { ...view, ...change });
  const nameOf = (key: string) => {
    if (view.by === "member") return names[key] ?? t("formerMember");
    if (view.by === "model") return key.split("/").at(-1) ?? key;
    return view.by === "kind"
      ? tUsage(`kind.${key as "chat"}`)
      : tUsage(`status.${key as "complete"}`);
  };
  const groupTitle = view.by === "member" ? t("byMember") : tUsage(`by.${view.by}`);
  return (
    <>
      <PageBar title={t("title")} />
      <AdminFrame page="usage">
        <UsageFilters
          path="/admin/usage"
          hrefOf={hrefOf}
          view={view}
          groupings={GROUPINGS.map((by) => ({
            by,
            text: by === "member" ? t("byMember") : tUsage(`by.${by}`),
          }))}
          from={query.from}
          to={query.to}
          exportHref={toHref("/api/admin/usage/export.csv", query)}
        />
        <div className="rounded-6 border border-hair bg-surface">
          <UsageSummary usage={usage} />
          <UsageBreakdown
            usage={usage}
            measure={view.measure}
            countsTries={view.by === "status"}
            measureHrefs={{
              credits: hrefOf({ measure: "credits" }),
              calls: hrefOf({ measure: "calls" }),
            }}
            groupTitle={groupTitle}
            nameOf={nameOf}
          />
          <div className="grid divide-hair max-lg:divide-y lg:grid-cols-[7fr_5fr] lg:divide-x">
            <div className="min-w-0 divide-y divide-hair">
              <FirstTokens firstTokens={usage.firstTokens} />
              {usage.bucket === "day" && <HeatMap hours={usage.hours} />}
            </div>
            <ErrorTable usage={usage} />
          </div>
        </div>
      </AdminFrame>
    </>
  );
}
