"use client";

import { TriangleAlert, X } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { cn } from "@/lib/shared/cn";
import type { Cap } from "@/lib/shared/schemas/credits";
import { IconButton } from "../ui/icon-button";
import { useCapNotice } from "./use-cap-notice";

/** A line above the page when 80 % or all of a limit is used; put away until the next step or day. */
export function CapNotice() {
  const t = useTranslations("caps");
  const format = useFormatter();
  const { caps, dismiss } = useCapNotice();
  if (caps.length === 0) return null;
  const isReached = caps.some(({ level }) => level === "reached");
  const name = ({ scope, measure, used, limit }: Cap) => {
    const of =
      used === null ? format.number(limit) : `${format.number(used)} / ${format.number(limit)}`;
    return `${t(`scope.${scope}`)} · ${t(`measure.${measure}`)} ${of}`;
  };
  return (
    <div
      role="status"
      data-testid="cap-notice"
      className={cn(
        "flex items-center gap-2 border-b px-4 py-1.5 text-13",
        isReached ? "border-bad bg-bad-soft" : "border-warn bg-warn-soft",
      )}
    >
      <TriangleAlert
        size={16}
        strokeWidth={1.75}
        aria-hidden
        className={cn("shrink-0", isReached ? "text-bad" : "text-warn")}
      />
      <div className="min-w-0 flex-1 text-ink">
        {(["reached", "near"] as const).map((level) => {
          const own = caps.filter((cap) => cap.level === level);
          return own.length === 0 ? null : (
            <p key={level}>
              {t(`notice.${level}`)}
              {own.map(name).join(t("notice.separator"))}
            </p>
          );
        })}
      </div>
      <Link href="/usage" className="shrink-0 text-signal underline underline-offset-2">
        {t("notice.toUsage")}
      </Link>
      <IconButton label={t("notice.close")} onClick={dismiss}>
        <X size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </div>
  );
}
