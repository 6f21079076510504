import { scaleLinear } from "d3-scale";
import { useTranslations } from "next-intl";
import type { Usage } from "@/lib/shared/schemas/usage";
import { ChartOrTable } from "./chart-or-table";
import { DataTable } from "./data-table";
import { useFigures } from "./use-figures";

const MAX_MODELS = 8;
const WIDTH = 320;
const ROW_PX = 30;
const HEAD_PX = 20;

/** How long each model takes to begin: the median as a dot, the slowest twentieth as a bar. */
export function FirstTokens({ firstTokens }: { firstTokens: Usage["firstTokens"] }) {
  const t = useTranslations("usage");
  const { count, seconds } = useFigures();
  const shown = firstTokens.slice(0, MAX_MODELS);
  const x = scaleLinear([0, Math.max(1, ...shown.map(({ p95 }) => p95))], [6, WIDTH - 6]).nice(4);
  const ticks = x.ticks(4);
  const label = (model: string) => model.split("/").at(-1);
  const chart = (
    <div className="grid grid-cols-[minmax(120px,180px)_minmax(0,1fr)_96px] gap-x-3 max-sm:grid-cols-[84px_minmax(0,1fr)_104px]">
      <ul className="pt-5 text-13">
        {shown.map(({ model }) => (
          <li key={model} className="h-[30px] truncate leading-[30px]" title={model}>
            {label(model)}
          </li>
        ))}
      </ul>
      <div className="relative">
        {ticks.map((tick) => (
          <span
            key={tick}
            aria-hidden="true"
            className="absolute top-0 -translate-x-1/2 font-mono text-11 text-muted"
            style={{ left: `${(100 * x(tick)) / WIDTH}%` }}
          >
            {tick / 1_000}s
          </span>
        ))}
        <svg
          viewBox={`0 0 ${WIDTH} ${HEAD_PX + shown.length * ROW_PX}`}
          preserveAspectRatio="none"
          className="h-auto w-full"
          style={{ height: HEAD_PX + shown.length * ROW_PX }}
          role="img"
          aria-label={t("firstTokenSummary", { count: shown.length })}
        >
          {ticks.map((tick) => (
            <line
              key={tick}
              x1={x(tick)}
              x2={x(tick)}
              y1={HEAD_PX - 4}
              y2={HEAD_PX + shown.length * ROW_PX}
              stroke="var(--hair)"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {shown.map(({ model, p50, p95 }, index) => {
            const y = HEAD_PX + (index + 0.5) * ROW_PX;
            return (
              <g key={model} stroke="var(--signal)" strokeWidth="2" strokeLinecap="butt">
                <line x1={x(p50)} x2={x(p95)} y1={y} y2={y} vectorEffect="non-scaling-stroke" />
                <line
                  x1={x(p95)}
                  x2={x(p95)}
                  y1={y - 6}
                  y2={y + 6}
                  vectorEffect="non-scaling-stroke"
                />
                <line
                  x1={x(p50)}
                  x2={x(p50) + 0.01}
                  y1={y}
                  y2={y}
                  strokeWidth="9"
                  strokeLinecap="round"
                  vectorEffect="non-scaling-stroke"
                />
              </g>
            );
          })}
        </svg>
      </div>
      <ul className="pt-5 text-right font-mono text-12 text-ink">
        {shown.map(({ model, p50, p95 }) => (
          <li key={model} className="h-[30px] leading-[30px]">
            {seconds(p50)} / {seconds(p95)} s
          </li>
        ))}
      </ul>
    </div>
  );
  return (
    <ChartOrTable
      title={t("firstTokens")}
      hint={t("firstTokensHint")}
      chart={
        shown.length === 0 ? <p className="text-13 text-muted">{t("noFirstTokens")}</p> : chart
      }
      table={
        <DataTable
          caption={t("firstTokens")}
          columns={[t("name"), t("calls"), "p50 s", "p95 s"]}
          rows={firstTokens.map(({ model, p50, p95, calls }) => ({
            key: model,
            cells: [model, count(calls), seconds(p50), seconds(p95)],
          }))}
          empty={t("noFirstTokens")}
        />
      }
    />
  );
}
