import { useFormatter, useTranslations } from "next-intl";
import type { Usage } from "@/lib/shared/schemas/usage";

/** The range in a few numbers; token sums are of what was reported. */
export function UsageSummary({ usage }: { usage: Usage }) {
  const t = useTranslations("usage");
  const format = useFormatter();
  const { total } = usage;
  const known = (value: number | null) => (value === null ? t("unknown") : format.number(value));
  const cells = [
    { label: t("calls"), value: format.number(total.calls), testId: "usage-calls" },
    { label: t("images"), value: format.number(total.images), testId: "usage-images" },
    { label: t("tokensIn"), value: known(total.inputTokens), testId: "usage-tokens-in" },
    { label: t("tokensOut"), value: known(total.outputTokens), testId: "usage-tokens-out" },
    { label: t("attempts"), value: format.number(total.attempts), testId: "usage-attempts" },
  ];
  return (
    <section className="px-5 py-4" aria-labelledby="summary-title">
      <h2 id="summary-title" className="text-14">
        {t("summary", { from: usage.from, to: usage.to })}
      </h2>
      <dl className="mt-3 grid gap-2 text-13">
        {cells.map(({ label, value, testId }) => (
          <div
            key={testId}
            className="flex justify-between gap-4 border-b border-hair pb-2 last:border-b-0"
          >
            <dt className="text-muted">{label}</dt>
            <dd className="font-mono text-ink" data-testid={testId}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
      {total.unreported > 0 && (
        <p className="mt-1 text-12 text-muted">{t("unreported", { count: total.unreported })}</p>
      )}
    </section>
  );
}
