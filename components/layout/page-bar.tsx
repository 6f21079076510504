import type { ReactNode } from "react";
import { CreditChip } from "./credit-chip";
import { LaneChip } from "./lane-chip";

/** The bar above a page: title or controls at the left, the credit chip at the right. */
export function PageBar({
  title,
  children,
  end,
}: {
  title?: string;
  children?: ReactNode;
  end?: ReactNode;
}) {
  return (
    <header className="flex h-(--bar) shrink-0 items-center gap-2 border-b border-hair bg-panel pr-3 pl-4">
      {title && <h1 className="truncate text-14">{title}</h1>}
      {children}
      <div className="ml-auto flex shrink-0 items-center gap-2">
        <LaneChip />
        {end}
        <CreditChip />
      </div>
    </header>
  );
}
