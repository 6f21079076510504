"use client";

import { ChartColumn, Table } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { IconButton } from "../ui/icon-button";

type ChartOrTableProps = {
  title: string;
  hint?: ReactNode;
  controls?: ReactNode;
  chart: ReactNode;
  table: ReactNode;
};

/** A chart and its twin in words: the same numbers as a table, one click away. */
export function ChartOrTable({ title, hint, controls, chart, table }: ChartOrTableProps) {
  const t = useTranslations("usage");
  const [isTable, setIsTable] = useState(false);
  const icon = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;
  return (
    <section className="min-w-0 px-5 py-4" aria-label={title}>
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="text-14">{title}</h2>
        {hint && <span className="text-12 text-muted">{hint}</span>}
        <span className="ml-auto flex items-center gap-2">
          {controls}
          <span className="flex">
            <IconButton
              label={t("asChart")}
              isOn={!isTable}
              aria-pressed={!isTable}
              onClick={() => setIsTable(false)}
            >
              <ChartColumn {...icon} />
            </IconButton>
            <IconButton
              label={t("asTable")}
              isOn={isTable}
              aria-pressed={isTable}
              onClick={() => setIsTable(true)}
            >
              <Table {...icon} />
            </IconButton>
          </span>
        </span>
      </div>
      <div className="overflow-x-auto">{isTable ? table : chart}</div>
    </section>
  );
}
