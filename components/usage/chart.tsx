import { scaleBand, scaleLinear } from "d3-scale";
import { stack } from "d3-shape";
import { BarReader, type Reading, type Series } from "./bar-reader";

const WIDTH = 720;
const HEIGHT = 220;
const MARGIN = { top: 8, right: 4, bottom: 22, left: 36 };
const GRID_LINES = 4;
const MAX_DAY_LABELS = 8;
/** Height of the dashed box on top of a bar that has a part nobody knows. */
const UNKNOWN_PX = 10;

/** One bar: its short and its full name, and the value of each series by its key; null = not known. */
export type Bar = {
  day: string;
  label: string;
  name: string;
  values: Record<string, number | null>;
};

type ChartProps = {
  title: string;
  summary: string;
  series: readonly Series[];
  bars: readonly Bar[];
  /** A number as it is read; null = not known. */
  write: (value: number | null) => string;
};

/** Parts that are more than nothing, or not known. */
const toReading = (bar: Bar, series: readonly Series[], write: ChartProps["write"]) => ({
  at: bar.name,
  total: write(isUnknown(bar) ? null : totalOf(bar)),
  values: series.map(({ key }) => {
    const value = bar.values[key];
    return value === undefined || value === 0 ? null : write(value);
  }),
});

/** What is known of a bar, all parts together. */
const totalOf = ({ values }: Bar) =>
  Object.values(values).reduce<number>((sum, value) => sum + (value ?? 0), 0);

const isUnknown = ({ values }: Bar) => {
  const parts = Object.values(values);
  return parts.length > 0 && parts.every((value) => value === null);
};

/** Stacked bars drawn on the server; the tables beside it are the legend and its twin. */
export function StackedBars({ title, summary, series, bars, write }: ChartProps) {
  const x = scaleBand(
    bars.map(({ day }) => day),
    [MARGIN.left, WIDTH - MARGIN.right],
  ).padding(0.32);
  const y = scaleLinear(
    [0, Math.max(1, ...bars.map(totalOf))],
    [HEIGHT - MARGIN.bottom, MARGIN.top],
  ).nice(GRID_LINES);
  const ticks = y.ticks(GRID_LINES).filter(Number.isInteger);
  const layers = stack<Bar>()
    .keys(series.map(({ key }) => key))
    .value(({ values }, key) => values[key] ?? 0)([...bars]);
  const every = Math.ceil(bars.length / MAX_DAY_LABELS);
  const middleOf = ({ day }: Bar) => ((x(day) ?? 0) + x.bandwidth() / 2) / WIDTH;
  const readings: Reading[] = bars.map((bar) => ({
    ...toReading(bar, series, write),
    middle: middleOf(bar),
  }));
  return (
    <BarReader label={title} summary={summary} series={series} readings={readings}>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        className="block w-full"
        role="img"
        aria-label={`${title}. ${summary}`}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line
              x1={MARGIN.left}
              x2={WIDTH - MARGIN.right}
              y1={y(tick)}
              y2={y(tick)}
              stroke={tick === 0 ? "var(--control)" : "var(--hair)"}
            />
            <text
              x={MARGIN.left - 8}
              y={y(tick) + 4}
              textAnchor="end"
              fontSize="11"
              fill="var(--muted)"
              fontFamily="var(--mono)"
            >
              {tick}
            </text>
          </g>
        ))}
        {layers.map((layer, index) => (
          <g key={layer.key} fill={series[index]?.colour}>
            {layer.map(([from, to], at) => {
              const bar = bars[at];
              const height = y(from) - y(to);
              if (!bar || height <= 0) return null;
              return (
                <rect
                  key={bar.day}
                  x={x(bar.day)}
                  y={y(to)}
                  width={x.bandwidth()}
                  height={Math.max(1, height - 1)}
                />
              );
            })}
          </g>
        ))}
        {bars.map((bar, index) =>
          (bars.length - 1 - index) % every === 0 ? (
            <text
              key={bar.day}
              x={middleOf(bar) * WIDTH}
              y={HEIGHT - 6}
              textAnchor={index === bars.length - 1 && bars.length > 30 ? "end" : "middle"}
              fontSize="11"
              fontFamily="var(--mono)"
              fill={index === bars.length - 1 ? "var(--ink)" : "var(--muted)"}
            >
              {bar.label}
            </text>
          ) : null,
        )}
        {bars
          .filter(({ values }) => Object.values(values).includes(null))
          .map((bar) => (
            <rect
              key={bar.day}
              x={x(bar.day)}
              y={y(totalOf(bar)) - UNKNOWN_PX}
              width={x.bandwidth()}
              height={UNKNOWN_PX}
              fill="none"
              stroke="var(--muted)"
              strokeDasharray="2 2"
            />
          ))}
      </svg>
    </BarReader>
  );
}
