import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { AdminFrame } from "@/components/admin/admin-frame";
import { Choices } from "@/components/common/choices";
import { PageBar } from "@/components/layout/page-bar";
import { buttonClasses } from "@/components/ui/button";
import { ErrorTable } from "@/components/usage/error-table";
import { FirstTokens } from "@/components/usage/first-tokens";
import { HeatMap } from "@/components/usage/heat-map";
import { UsageBreakdown } from "@/components/usage/usage-breakdown";
import { UsageSummary } from "@/components/usage/usage-summary";
import { requirePageAdministrator } from "@/lib/server/auth/page-actor";
import { now } from "@/lib/server/clock";
import { getTeamUsage } from "@/lib/server/services/team-usage";
import { MEASURES, toUsageQuery } from "@/lib/shared/usage-view";

const RANGES = ["24h", "7", "14", "30", "90"] as const;
const GROUPINGS = ["member", "model", "kind", "status"] as const;

const viewSchema = z.object({
  range: z.enum(RANGES).catch("14"),
  by: z.enum(GROUPINGS).catch("member"),
  measure: z.enum(MEASURES).catch("credits"),
});
type View = z.infer<typeof viewSchema>;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  const t = await getTranslations("admin");
  return { title: t("page.usage") };
}

export default async function TeamUsagePage({ searchParams }: Props) {
  const actor = await requirePageAdministrator();
  const view = viewSchema.parse(await searchParams);
  const query = {
    ...toUsageQuery({ ...view, from: undefined, to: undefined }, now()),
    by: view.by,
  };
  const [t, tUsage, { names, ...usage }] = await Promise.all([
    getTranslations("admin"),
    getTranslations("usage"),
    getTeamUsage(actor, query),
  ]);
  const href = (change: Partial<View>) =>
    `/admin/usage?${new URLSearchParams({ ...view, ...change })}`;
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
        <div className="flex flex-wrap items-center gap-3">
          <Choices
            label={tUsage("rangeLabel")}
            choices={RANGES.map((range) => ({
              href: href({ range }),
              text: tUsage(`range.${range}`),
              isOn: range === view.range,
            }))}
          />
          <Choices
            label={tUsage("grouping")}
            choices={GROUPINGS.map((by) => ({
              href: href({ by }),
              text: by === "member" ? t("byMember") : tUsage(`by.${by}`),
              isOn: by === view.by,
            }))}
          />
          <span className="text-12 text-muted">{tUsage("zone")}</span>
          <a
            href={`/api/admin/usage/export.csv?${new URLSearchParams(query)}`}
            download
            className={`${buttonClasses("outlined", "compact")} ml-auto`}
          >
            {tUsage("export")}
          </a>
        </div>
        <div className="rounded-6 border border-hair bg-surface">
          <UsageSummary usage={usage} />
          <UsageBreakdown
            usage={usage}
            measure={view.measure}
            measureHrefs={{
              credits: href({ measure: "credits" }),
              calls: href({ measure: "calls" }),
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
