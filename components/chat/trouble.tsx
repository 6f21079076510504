"use client";

import { useTranslations } from "next-intl";
import { ErrorNotice } from "../common/error-notice";
import { Button, buttonClasses } from "../ui/button";
import type { Fault } from "./use-conversation";

type TroubleProps = {
  fault: Fault | null;
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
    const { code, id, fields } = fault.error;
    const [field] = Object.values(fields);
    const told = t(fault.isTaken ? "goesOnUnread" : "notSent");
    return (
      <div className="mb-3">
        <ErrorNotice
          code={code}
          id={id}
          cost={field ?? told}
          actions={
            code === "not_found" && (
              <a href="/chat" className={buttonClasses("outlined", "compact")}>
                {t("list.new")}
              </a>
            )
          }
        />
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
      <Button size="compact" onClick={onParameters}>
        {t(showsPanel ? "showParameter" : "openParameters")}
      </Button>
    </p>
  );
}
