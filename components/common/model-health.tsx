"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { Model } from "@/lib/shared/schemas/model";
import type { WeatherSpan } from "@/lib/shared/schemas/weather";
import { tellingSpan } from "@/lib/shared/weather";
import { Light } from "../ui/light";
import { useMeasures } from "./use-measures";

const SKY = { clear: "done", few: "untested", mixed: "warning", stormy: "failed" } as const;

/** How a model did for the team in the last hour, else the last day; both in full as the tooltip. */
export function ModelHealth({ model: { health, state } }: { model: Model }) {
  const t = useTranslations("weather");
  const format = useFormatter();
  const { percent, seconds } = useMeasures();
  const { span } = tellingSpan(health ?? { hour: null, day: null });
  if (!health || !span || state === "withdrawn") return <span className="max-sm:hidden" />;
  const inFull = (one: WeatherSpan) =>
    [
      `${t("calls")} ${format.number(one.calls)}`,
      `${t("success")} ${percent(one.succeeded)}`,
      `429 ${percent(one.limited)}`,
      `${t("firstToken")} ${seconds(one.p50)} / ${seconds(one.p95)} s`,
    ].join(" · ");
  const title = [
    health.hour && `${t("hour")}: ${inFull(health.hour)}`,
    health.day && `${t("day")}: ${inFull(health.day)}`,
  ];
  return (
    <span
      className="mono flex items-center justify-end gap-1.5 text-12 whitespace-nowrap text-muted max-sm:order-last max-sm:col-span-2 max-sm:col-start-2"
      title={title.filter(Boolean).join("\n")}
    >
      <Light state={SKY[health.sky]} />
      {percent(span.succeeded)}
      {span.p50 !== null && ` · ${seconds(span.p50)} s`}
    </span>
  );
}
