import { useFormatter, useTranslations } from "next-intl";
import type { Usage } from "@/lib/shared/schemas/usage";
import { ChartOrTable } from "./chart-or-table";
import { DataTable } from "./data-table";
import { useFigures } from "./use-figures";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** Monday to Sunday; 2024 began with a Monday. */
const DAYS = Array.from({ length: 7 }, (_, index) => new Date(Date.UTC(2024, 0, 1 + index)));

/** When calls are made: weekdays down, hours across, darker for more. */
export function HeatMap({ hours }: { hours: Usage["hours"] }) {
  const t = useTranslations("usage");
  const format = useFormatter();
  const { count } = useFigures();
  const calls = new Map(hours.map((cell) => [cell.weekday * 24 + cell.hour, cell.calls]));
  const most = Math.max(1, ...hours.map((cell) => cell.calls));
  const rows = DAYS.map((day, index) => ({
    name: format.dateTime(day, { weekday: "short", timeZone: "UTC" }),
    cells: HOURS.map((hour) => ({ hour, value: calls.get((index + 1) * 24 + hour) ?? 0 })),
  }));
  const busiest = hours.toSorted((a, b) => b.calls - a.calls)[0];
  const summary = busiest
    ? t("hoursSummary", {
        day: rows[busiest.weekday - 1]?.name ?? "",
        hour: busiest.hour,
        calls: busiest.calls,
      })
    : t("empty");
  return (
    <ChartOrTable
      title={t("hours")}
      hint={busiest ? summary : undefined}
      chart={
        <div
          role="img"
          aria-label={`${t("hours")}. ${summary}`}
          className="grid grid-cols-[36px_repeat(24,minmax(0,1fr))] gap-0.5 sm:min-w-[34rem] max-sm:gap-px text-11 text-muted"
        >
          <span />
          {HOURS.map((hour) => (
            <span key={hour} className="flex justify-center font-mono whitespace-nowrap">
              {hour % 3 === 0 ? hour : ""}
            </span>
          ))}
          {rows.map(({ name, cells }) => (
            <div key={name} className="contents">
              <span className="leading-5">{name}</span>
              {cells.map(({ hour, value }) => (
                <span
                  key={hour}
                  title={`${name} ${hour}:00 · ${count(value)}`}
                  className="h-5 rounded-2 border border-hair bg-well"
                  style={
                    value > 0
                      ? {
                          background: `color-mix(in oklab, var(--signal) ${Math.round(18 + (82 * value) / most)}%, var(--well))`,
                          borderColor: "transparent",
                        }
                      : undefined
                  }
                />
              ))}
            </div>
          ))}
        </div>
      }
      table={
        <DataTable
          caption={t("hours")}
          columns={[t("weekday"), ...HOURS.map(String)]}
          rows={rows.map(({ name, cells }) => ({
            key: name,
            cells: [name, ...cells.map(({ value }) => count(value))],
          }))}
          empty={t("empty")}
        />
      }
    />
  );
}
