import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import type { z } from "zod";
import { toLedgerDay } from "@/lib/shared/calendar";
import { FIRST_DAY, MAX_RANGE_DAYS } from "@/lib/shared/schemas/usage";
import { RANGES, type usageRangeSchema } from "@/lib/shared/usage-view";
import { Choices } from "../common/choices";
import { buttonClasses } from "../ui/button";

type View<By> = z.infer<typeof usageRangeSchema> & { by: By };

type UsageFiltersProps<By> = {
  /** The page, and its address with something changed. */
  path: string;
  hrefOf: (change: Partial<View<By>>) => string;
  view: View<By>;
  groupings: readonly { by: By; text: string }[];
  /** The days that are shown; what a range of one's own begins with. */
  from: string;
  to: string;
  exportHref: string;
};

/** Range, grouping and the file of what is seen, all in the address. */
export function UsageFilters<By extends string>({
  path,
  hrefOf,
  view,
  groupings,
  exportHref,
  ...shown
}: UsageFiltersProps<By>) {
  const t = useTranslations("usage");
  const own = { from: shown.from.slice(0, 10), to: shown.to.slice(0, 10) };
  const isBent =
    view.range === "custom" &&
    ((view.from ?? own.from) !== own.from || (view.to ?? own.to) !== own.to);
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Choices
        label={t("rangeLabel")}
        choices={RANGES.map((range) => ({
          href: hrefOf({
            range,
            ...(range === "custom" ? own : { from: undefined, to: undefined }),
          }),
          text: t(`range.${range}`),
          isOn: range === view.range,
        }))}
      />
      {view.range === "custom" && (
        <OwnRange path={path} by={view.by} measure={view.measure} {...own} />
      )}
      <Choices
        label={t("grouping")}
        choices={groupings.map(({ by, text }) => ({
          href: hrefOf({ by }),
          text,
          isOn: by === view.by,
        }))}
      />
      <span className="text-12 text-muted">{t("zone")}</span>
      <a href={exportHref} download className={`${buttonClasses("outlined", "compact")} ml-auto`}>
        <Download size={14} strokeWidth={1.75} aria-hidden />
        {t("export")}
      </a>
      {isBent && (
        <p role="status" className="w-full text-12 text-muted">
          {t("rangeBent", { ...own, max: MAX_RANGE_DAYS })}
        </p>
      )}
    </div>
  );
}

type OwnRangeProps = { path: string; by: string; measure: string; from: string; to: string };

/** Two dates, sent as part of the address. */
function OwnRange({ path, by, measure, from, to }: OwnRangeProps) {
  const t = useTranslations("usage");
  const today = toLedgerDay(new Date());
  return (
    <form action={path} className="flex flex-wrap items-center gap-2 text-12 text-muted">
      <input type="hidden" name="range" value="custom" />
      <input type="hidden" name="by" value={by} />
      <input type="hidden" name="measure" value={measure} />
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
