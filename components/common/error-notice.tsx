"use client";

import { CircleAlert, CircleSlash, KeyRound, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { isErrorCode } from "@/lib/shared/errors";
import { ACCOUNT_PAGE, EARN_PAGE } from "@/lib/shared/modelscope-pages";
import { buttonClasses } from "../ui/button";
import { Notice } from "../ui/notice";
import { RawAnswer } from "./raw-answer";

const WARNINGS = new Set([
  "rate_limited",
  "model_quota_day",
  "timeout",
  "empty_answer",
  "too_many_requests",
  "image_unknown",
  "image_timeout",
  "image_lost",
]);
const INVITING = new Set(["token_missing"]);
const CALM = new Set(["interrupted", "restarting", "offline", "not_found", "stopped"]);
const TOKEN_FAULTS = new Set(["token_missing", "token_needs_reentry", "invalid_token"]);
/** Mended on ModelScope's own page, not on ours. */
const ACCOUNT_FAULTS = new Set(["account_unbound", "account_unverified"]);

type ErrorNoticeProps = {
  code: string;
  /** Number of the fault in the log, for unexpected ones. */
  id?: string | null;
  /** Whether it cost anything; left out where nothing was asked of ModelScope. */
  cost?: ReactNode;
  /** ModelScope's own words, folded. */
  raw?: { text: string | null; requestId: string | null };
  actions?: ReactNode;
};

const ICON = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;

function toneOf(code: string): "warn" | "plain" | "bad" | "signal" {
  if (INVITING.has(code)) return "signal";
  if (WARNINGS.has(code)) return "warn";
  return CALM.has(code) ? "plain" : "bad";
}

const ICONS = {
  signal: <KeyRound {...ICON} className="text-signal" />,
  warn: <TriangleAlert {...ICON} className="text-warn" />,
  plain: <CircleSlash {...ICON} className="text-muted" />,
  bad: <CircleAlert {...ICON} className="text-bad" />,
};

/** The one way to show an error: what happened and the next step, in the reader's language. */
export function ErrorNotice({ code, id, cost, raw, actions }: ErrorNoticeProps) {
  const t = useTranslations();
  const isKnown = isErrorCode(code) || code === "offline";
  const tone = toneOf(code);
  return (
    <Notice
      tone={tone}
      role="alert"
      icon={ICONS[tone]}
      title={t(`errors.${isKnown ? code : "internal"}`)}
      actions={
        <>
          <NextStep code={code} />
          {actions}
        </>
      }
    >
      {cost}
      {id && code === "internal" && <span className="mono">{id}</span>}
      {(raw?.text || raw?.requestId) && <RawAnswer {...raw} />}
    </Notice>
  );
}

/** The page where a fault is mended, if there is one. */
function NextStep({ code }: { code: string }) {
  const t = useTranslations();
  const classes = buttonClasses("solid", "compact");
  if (TOKEN_FAULTS.has(code)) {
    return (
      <Link href="/settings" className={classes}>
        {t("token.openSettings")}
      </Link>
    );
  }
  if (ACCOUNT_FAULTS.has(code)) {
    return (
      <a href={ACCOUNT_PAGE.cn} target="_blank" rel="noreferrer" className={classes}>
        {t("token.openAccount")}
      </a>
    );
  }
  if (code === "balance_empty") {
    return (
      <a href={EARN_PAGE.cn} target="_blank" rel="noreferrer" className={classes}>
        {t("token.getMore")}
      </a>
    );
  }
  if (code !== "unauthenticated") return null;
  return (
    <button
      type="button"
      className={classes}
      // Signing in leads back here; what was written is kept in this browser.
      onClick={() => {
        const { pathname, search } = window.location;
        window.location.assign(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
      }}
    >
      {t("auth.signIn")}
    </button>
  );
}
