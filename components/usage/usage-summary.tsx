import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Usage } from "@/lib/shared/schemas/usage";
import { useFigures } from "./use-figures";

type UsageSummaryProps = {
  usage: Usage;
  /** What went through other programs, and how that is known; absent where it is not asked. */
  elsewhere?: { value: ReactNode; notes: ReactNode };
};

/** The range in a few numbers; sums are of what was reported, and of prices that are known. */
export function UsageSummary({ usage, elsewhere }: UsageSummaryProps) {
  const t = useTranslations("usage");
  const { count, known, credits, share, seconds } = useFigures();
  const { total } = usage;
  const { firstToken } = total;
  /** Of no calls at all everything is known: nothing. */
  const orNone = (value: number | null) => (total.calls === 0 ? 0 : value);
  const cells = [
    { key: "calls", label: t("calls"), value: count(total.calls) },
    {
      key: "success",
      label: t("successOf", { count: total.succeeded + total.failed }),
      value: share(total.succeeded, total.succeeded + total.failed),
    },
    { key: "credits", label: t("spentHere"), value: credits(orNone(total.credits)) },
    ...(elsewhere ? [{ key: "elsewhere", label: t("elsewhere"), value: elsewhere.value }] : []),
    { key: "images", label: t("images"), value: count(total.images) },
    { key: "tokens-in", label: t("tokensIn"), value: known(orNone(total.inputTokens)) },
    { key: "tokens-out", label: t("tokensOut"), value: known(orNone(total.outputTokens)) },
    {
      key: "first-token",
      label: t("firstTokenCard"),
      value: firstToken ? `${seconds(firstToken.p50)} / ${seconds(firstToken.p95)} s` : "—",
    },
    {
      key: "rate",
      label: t("tokensPerSecond"),
      value: total.tokensPerSecond === null ? "—" : known(Math.round(total.tokensPerSecond)),
    },
    { key: "attempts", label: t("attempts"), value: count(total.attempts) },
  ];
  const notes = [
    total.unreported > 0 && t("unreported", { count: total.unreported }),
    total.unpriced > 0 && t("unpriced", { count: total.unpriced }),
  ].filter((note) => note !== false);
  return (
    <section className="border-b border-hair px-5 py-4" aria-labelledby="summary-title">
      <h2 id="summary-title" className="text-14">
        {t(`summary.${usage.bucket}`, {
          from: usage.bucket === "hour" ? `${usage.from.replace("T", " ")}:00` : usage.from,
          to: usage.bucket === "hour" ? `${usage.to.replace("T", " ")}:59` : usage.to,
        })}
      </h2>
      <dl className="mt-3 grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3 lg:grid-cols-5">
        {cells.map(({ key, label, value }) => (
          <div key={key} className="flex flex-col-reverse justify-end">
            <dt className="text-12 text-muted">{label}</dt>
            <dd
              className="font-mono text-20 font-medium whitespace-nowrap text-ink"
              data-testid={`usage-${key}`}
            >
              {value}
            </dd>
          </div>
        ))}
      </dl>
      {notes.map((note) => (
        <p key={note} className="mt-2 text-12 text-muted">
          {note}
        </p>
      ))}
      {elsewhere?.notes}
    </section>
  );
}
