import type { ReactNode } from "react";
import { cn } from "@/lib/shared/cn";

type DataTableProps = {
  caption: string;
  /** The first column is text, the others are numbers. */
  columns: readonly string[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
  empty: string;
};

/** Hairline rows, numbers at the right. */
export function DataTable({ caption, columns, rows, empty }: DataTableProps) {
  return (
    <table className="w-full text-13">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-rule text-12 whitespace-nowrap text-muted">
          {columns.map((column, index) => (
            <th
              key={column}
              scope="col"
              className={cn("py-2 font-medium", index === 0 ? "text-left" : "pl-3 text-right")}
            >
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells }) => (
          <tr key={key} className="border-b border-hair last:border-b-0">
            {columns.map((column, index) => (
              <td
                key={column}
                className={cn(
                  "py-2",
                  index > 0 && "pl-3 text-right font-mono text-12 whitespace-nowrap text-ink",
                )}
              >
                {cells[index]}
              </td>
            ))}
          </tr>
        ))}
        {rows.length === 0 && (
          <tr>
            <td colSpan={columns.length} className="py-3 text-muted">
              {empty}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
