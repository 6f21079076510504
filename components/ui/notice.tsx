import type { ReactNode } from "react";
import { cn } from "@/lib/shared/cn";

const TONES = {
  plain: "border-rule bg-well",
  signal: "border-signal bg-signal-soft",
  warn: "border-warn bg-warn-soft",
  bad: "border-bad bg-bad-soft",
} as const;

type NoticeProps = {
  tone: keyof typeof TONES;
  icon: ReactNode;
  title: ReactNode;
  role?: "alert" | "status";
  children?: ReactNode;
  actions?: ReactNode;
};

/** One sentence with its reason and at most two actions, where the result would be. */
export function Notice({ tone, icon, title, role = "status", children, actions }: NoticeProps) {
  return (
    <div
      role={role}
      className={cn(
        "grid grid-cols-[16px_minmax(0,1fr)] gap-x-2.5 gap-y-0.5 rounded-r-6 border-l-2 py-3 pr-3.5 pl-3 text-13 text-body",
        TONES[tone],
      )}
    >
      <span className="mt-[3px]">{icon}</span>
      <p className="font-semibold text-ink">{title}</p>
      {children && <div className="col-start-2">{children}</div>}
      {actions && (
        <div className="col-start-2 mt-2 flex flex-wrap items-center gap-2 empty:hidden">
          {actions}
        </div>
      )}
    </div>
  );
}
