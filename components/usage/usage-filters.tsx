import Link from "next/link";
import { useTranslations } from "next-intl";
import { cn } from "@/lib/shared/cn";

export const RANGES = [7, 14, 30, 90] as const;
export const GROUPINGS = ["model", "kind", "status"] as const;
export type UsageView = { days: (typeof RANGES)[number]; by: (typeof GROUPINGS)[number] };

/** Range and grouping as links, so that the address says what is seen. */
export function UsageFilters({ view }: { view: UsageView }) {
  const t = useTranslations("usage");
  const href = (change: Partial<UsageView>) => {
    const { days, by } = { ...view, ...change };
    return `/usage?days=${days}&by=${by}`;
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Choices
        label={t("range")}
        choices={RANGES.map((days) => ({
          href: href({ days }),
          text: t("days", { count: days }),
          isOn: days === view.days,
        }))}
      />
      <Choices
        label={t("grouping")}
        choices={GROUPINGS.map((by) => ({
          href: href({ by }),
          text: t(`by.${by}`),
          isOn: by === view.by,
        }))}
      />
      <span className="text-12 text-muted">{t("zone")}</span>
    </div>
  );
}

function Choices({
  label,
  choices,
}: {
  label: string;
  choices: { href: string; text: string; isOn: boolean }[];
}) {
  return (
    <nav
      aria-label={label}
      className="inline-flex overflow-hidden rounded-4 border border-control bg-surface"
    >
      {choices.map(({ href, text, isOn }) => (
        <Link
          key={href}
          href={href}
          aria-current={isOn ? "true" : undefined}
          className={cn(
            "inline-flex h-[26px] items-center border-l border-hair px-2.5 text-12 first:border-l-0 focus-visible:-outline-offset-2! max-sm:h-10",
            isOn
              ? "bg-solid font-medium text-on-solid"
              : "text-muted hover:bg-hover hover:text-ink",
          )}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}
