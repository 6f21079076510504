import type { ReactNode } from "react";
import { cn } from "@/lib/shared/cn";

const TONES = {
  plain: "bg-hover text-muted",
  signal: "bg-signal-soft text-signal",
  ok: "bg-ok-soft text-ok",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
} as const;

export function Tag({
  tone = "plain",
  children,
}: {
  tone?: keyof typeof TONES;
  children: ReactNode;
}) {
  return (
    <span
      className={cn(
        "inline-flex h-[18px] shrink-0 items-center gap-1 whitespace-nowrap rounded-2 px-[5px] text-12",
        TONES[tone],
      )}
    >
      {children}
    </span>
  );
}
