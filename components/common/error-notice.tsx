"use client";

import { CircleAlert, CircleSlash, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { isErrorCode } from "@/lib/shared/errors";
import { buttonClasses } from "../ui/button";
import { Notice } from "../ui/notice";

const WARNINGS = new Set([
  "rate_limited",
  "model_quota_day",
  "timeout",
  "empty_answer",
  "too_many_requests",
  "image_unknown",
  "image_timeout",
]);
const CALM = new Set(["interrupted", "restarting", "offline", "not_found", "stopped"]);
const TOKEN_FAULTS = new Set([
  "token_missing",
  "token_needs_reentry",
  "invalid_token",
  "account_unbound",
  "account_unverified",
]);

type ErrorNoticeProps = {
  code: string;
  /** Number of the fault in the log, for unexpected ones. */
  id?: string | null;
  /** Whether it cost anything; left out where nothing was asked of ModelScope. */
  cost?: string;
  actions?: ReactNode;
};

const ICON = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;

function toneOf(code: string): "warn" | "plain" | "bad" {
  if (WARNINGS.has(code)) return "warn";
  return CALM.has(code) ? "plain" : "bad";
}

const ICONS = {
  warn: <TriangleAlert {...ICON} className="text-warn" />,
  plain: <CircleSlash {...ICON} className="text-muted" />,
  bad: <CircleAlert {...ICON} className="text-bad" />,
};

/** The one way to show an error: what happened and the next step, in the reader's language. */
export function ErrorNotice({ code, id, cost, actions }: ErrorNoticeProps) {
  const t = useTranslations();
  const isKnown = isErrorCode(code) || code === "offline";
  const needsSettings = TOKEN_FAULTS.has(code);
  const tone = toneOf(code);
  return (
    <Notice
      tone={tone}
      role="alert"
      icon={ICONS[tone]}
      title={t(`errors.${isKnown ? code : "internal"}`)}
      actions={
        needsSettings || actions ? (
          <>
            {needsSettings && (
              <Link href="/settings" className={buttonClasses("solid", "compact")}>
                {t("token.openSettings")}
              </Link>
            )}
            {actions}
          </>
        ) : undefined
      }
    >
      {cost}
      {id && code === "internal" && <span className="mono">{id}</span>}
    </Notice>
  );
}
