"use client";

import { useTranslations } from "next-intl";
import type { ApiError } from "@/lib/client/api";
import { ErrorNotice } from "../common/error-notice";
import { Button } from "../ui/button";

type TroubleProps = {
  fault: ApiError | null;
  hasToken: boolean;
  hasBadParameters: boolean;
  /** The last answer could not be stored yet. */
  isUnsaved: boolean;
  showsPanel: boolean;
  onParameters: () => void;
};

/** What keeps a question from being sent, above the box it is written in. */
export function Trouble(props: TroubleProps) {
  const { fault, hasToken, hasBadParameters, isUnsaved, showsPanel, onParameters } = props;
  const t = useTranslations("chat");
  if (fault) {
    const [field] = Object.values(fault.fields);
    return (
      <div className="mb-3">
        <ErrorNotice code={fault.code} id={fault.id} cost={field ?? t("notSent")} />
      </div>
    );
  }
  if (!hasToken) {
    return (
      <div className="mb-3">
        <ErrorNotice code="token_missing" />
      </div>
    );
  }
  if (isUnsaved) {
    return (
      <p role="alert" className="mb-3 text-13 text-warn">
        {t("unsaved")}
      </p>
    );
  }
  if (!hasBadParameters) return null;
  return (
    <p role="alert" className="mb-3 flex flex-wrap items-center gap-3 text-13 text-bad">
      {t("badParameters")}
      {!showsPanel && (
        <Button size="compact" onClick={onParameters}>
          {t("openParameters")}
        </Button>
      )}
    </p>
  );
}
