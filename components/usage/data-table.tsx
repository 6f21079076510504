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
export function DataTable({ caption, columns: names, rows, empty }: DataTableProps) {
  // Two columns may have one name.
  const columns = names.map((name, index) => ({ name, index, key: String(index) }));
  return (
    <table className="w-full text-13">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="border-b border-rule text-12 whitespace-nowrap text-muted">
          {columns.map(({ name, index, key }) => (
            <th
              key={key}
              scope="col"
              className={cn("py-2 font-medium", index === 0 ? "text-left" : "pl-3 text-right")}
            >
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key: row, cells }) => (
          <tr key={row} className="border-b border-hair last:border-b-0">
            {columns.map(({ index, key }) => (
              <td
                key={key}
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
