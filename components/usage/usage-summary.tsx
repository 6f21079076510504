import { useTranslations } from "next-intl";
import type { OwnUsage, Usage } from "@/lib/shared/schemas/usage";
import { useFigures } from "./use-figures";

type UsageSummaryProps = {
  usage: Usage;
  /** What the balance told of the range; absent where it is not asked. */
  account?: OwnUsage["account"];
};

/** The range in a few numbers; sums are of what was reported, and of prices that are known. */
export function UsageSummary({ usage, account }: UsageSummaryProps) {
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
    ...(account === undefined
      ? []
      : [{ key: "elsewhere", label: t("elsewhere"), value: credits(account?.elsewhere ?? null) }]),
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
    account !== undefined && usage.bucket === "hour" && t("elsewhereByDay"),
    account && t("account", { days: account.days }),
    account && account.unclear > 0 && t("accountUnclear", { credits: credits(account.unclear) }),
  ].filter((note) => typeof note === "string");
  return (
    <section className="border-b border-hair px-5 py-4" aria-labelledby="summary-title">
      <h2 id="summary-title" className="text-14">
        {t(`summary.${usage.bucket}`, {
          from: usage.from.replace("T", " "),
          to: usage.to.replace("T", " "),
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
    </section>
  );
}
