import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { toLedgerDay } from "@/lib/shared/calendar";
import { FIRST_DAY } from "@/lib/shared/schemas/usage";
import { GROUPINGS, RANGES, toUsageHref, type UsageView } from "@/lib/shared/usage-view";
import { Choices } from "../common/choices";
import { buttonClasses } from "../ui/button";

type UsageFiltersProps = {
  view: UsageView;
  /** The days that are shown; what a range of one's own begins with. */
  from: string;
  to: string;
  exportHref: string;
};

/** Range, grouping and the file of what is seen, all in the address. */
export function UsageFilters({ view, from, to, exportHref }: UsageFiltersProps) {
  const t = useTranslations("usage");
  const own = { from: from.slice(0, 10), to: to.slice(0, 10) };
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Choices
        label={t("rangeLabel")}
        choices={RANGES.map((range) => ({
          href: toUsageHref(view, {
            range,
            ...(range === "custom" ? own : { from: undefined, to: undefined }),
          }),
          text: t(`range.${range}`),
          isOn: range === view.range,
        }))}
      />
      {view.range === "custom" && <OwnRange view={view} {...own} />}
      <Choices
        label={t("grouping")}
        choices={GROUPINGS.map((by) => ({
          href: toUsageHref(view, { by }),
          text: t(`by.${by}`),
          isOn: by === view.by,
        }))}
      />
      <span className="text-12 text-muted">{t("zone")}</span>
      <a href={exportHref} download className={`${buttonClasses("outlined", "compact")} ml-auto`}>
        <Download size={14} strokeWidth={1.75} aria-hidden />
        {t("export")}
      </a>
    </div>
  );
}

/** Two dates, sent as part of the address. */
function OwnRange({ view, from, to }: { view: UsageView; from: string; to: string }) {
  const t = useTranslations("usage");
  const today = toLedgerDay(new Date());
  return (
    <form action="/usage" className="flex flex-wrap items-center gap-2 text-12 text-muted">
      <input type="hidden" name="range" value="custom" />
      <input type="hidden" name="by" value={view.by} />
      <input type="hidden" name="measure" value={view.measure} />
      {(
        [
          ["from", from, t("fromDay")],
          ["to", to, t("toDay")],
        ] as const
      ).map(([name, day, label]) => (
        <input
          key={`${name} ${day}`}
          type="date"
          name={name}
          required
          min={FIRST_DAY}
          max={today}
          defaultValue={day}
          aria-label={label}
          className="h-8 rounded-4 border border-control bg-surface px-2 font-mono text-12 text-ink max-sm:h-11 max-sm:text-[16px]"
        />
      ))}
      <button type="submit" className={buttonClasses("outlined", "compact")}>
        {t("show")}
      </button>
    </form>
  );
}
