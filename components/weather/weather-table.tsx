import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { Weather, WeatherSpan } from "@/lib/shared/schemas/weather";
import { useMeasures } from "../common/use-measures";
import { Light } from "../ui/light";

const LIGHTS = { clear: "done", few: "untested", mixed: "warning", stormy: "failed" } as const;

/** How each model did for the team lately; what fails names one that works. */
export function WeatherTable({ models }: { models: Weather["models"] }) {
  const t = useTranslations("weather");
  const format = useFormatter();
  return (
    <div className="overflow-x-auto">
      <table className="w-full min-w-[760px] text-13">
        <caption className="sr-only">{t("title")}</caption>
        <thead>
          <tr className="text-12 whitespace-nowrap text-muted [&>th]:pt-3 [&>th]:pr-4 [&>th]:text-left [&>th]:font-medium">
            <th scope="col" rowSpan={2} className="border-b border-rule pb-2 pl-5 align-bottom">
              {t("model")}
            </th>
            <th scope="colgroup" colSpan={4}>
              {t("hour")}
            </th>
            <th scope="colgroup" colSpan={4}>
              {t("day")}
            </th>
          </tr>
          <tr className="border-b border-rule text-12 whitespace-nowrap text-muted [&>th]:py-2 [&>th]:pr-4 [&>th]:text-left [&>th]:font-medium">
            {(["hour", "day"] as const).map((span) => (
              <SpanHead key={span} />
            ))}
          </tr>
        </thead>
        <tbody>
          {models.map(({ model, hour, day, sky, withdrawnAt, instead }) => (
            <tr
              key={model}
              className="border-b border-hair last:border-b-0 [&>td]:py-2.5 [&>td]:pr-4"
            >
              <td className="pl-5">
                <span className="flex items-center gap-2">
                  <Light state={withdrawnAt ? "failed" : LIGHTS[sky]} />
                  <span className="mono text-ink">{model}</span>
                </span>
                <span className="block pl-[22px] text-12 text-muted">
                  {withdrawnAt
                    ? t("gone", {
                        date: format.dateTime(new Date(withdrawnAt), { dateStyle: "short" }),
                      })
                    : t(`sky.${sky}`)}
                  {instead && (
                    <>
                      {" · "}
                      {t("instead")} <span className="mono text-ink">{instead}</span>
                    </>
                  )}
                </span>
              </td>
              <Span span={hour} />
              <Span span={day} />
            </tr>
          ))}
          {models.length === 0 && (
            <tr>
              <td colSpan={9} className="px-5 py-6 text-muted">
                {t("empty")}{" "}
                <Link href="/chat" className="text-signal underline underline-offset-2">
                  {t("begin")}
                </Link>
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

function SpanHead() {
  const t = useTranslations("weather");
  return (
    <>
      <th scope="col">{t("calls")}</th>
      <th scope="col">{t("success")}</th>
      <th scope="col">429</th>
      <th scope="col">{t("firstToken")}</th>
    </>
  );
}

function Span({ span }: { span: WeatherSpan | null }) {
  const format = useFormatter();
  const { percent, seconds } = useMeasures();
  const cells = {
    calls: span && format.number(span.calls),
    success: span && percent(span.succeeded),
    limited: span && percent(span.limited),
    first: span && span.p50 !== null && `${seconds(span.p50)} / ${seconds(span.p95)} s`,
  };
  return Object.entries(cells).map(([key, cell]) => (
    <td key={key} className="font-mono text-12 whitespace-nowrap text-ink">
      {cell || "—"}
    </td>
  ));
}
