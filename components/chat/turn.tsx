"use client";

import { useFormatter, useTranslations } from "next-intl";
import { memo } from "react";
import { CopyButton } from "../common/copy-button";
import { ErrorNotice } from "../common/error-notice";
import { Button } from "../ui/button";
import { Light } from "../ui/light";
import { type ChatUIMessage, isRunning, readoutOf, textOf } from "./chat-message";
import { Markdown } from "./markdown";
import { Readout } from "./readout";
import { Reasoning } from "./reasoning";

type TurnProps = { message: ChatUIMessage; isLive: boolean; onRetry?: () => void };

/** One message: a question in a well, an answer as plain text with its numbers. */
export const Turn = memo(function Turn({ message, isLive, onRetry }: TurnProps) {
  const t = useTranslations("chat");
  const format = useFormatter();
  const { createdAt } = message.metadata ?? {};
  return (
    <article
      data-role={message.role}
      className="grid grid-cols-[44px_minmax(0,1fr)] gap-x-3 py-3 max-sm:grid-cols-1"
      aria-label={t(message.role === "user" ? "question" : "answer")}
    >
      <span className="text-right font-mono text-11 leading-[27px] text-faint max-sm:hidden">
        {createdAt &&
          format.dateTime(new Date(createdAt), {
            hour: "2-digit",
            minute: "2-digit",
            hour12: false,
          })}
      </span>
      {message.role === "user" ? (
        <div className="whitespace-pre-wrap rounded-6 bg-well px-3.5 py-[9px] text-15 text-ink">
          {textOf(message, "text")}
        </div>
      ) : (
        <Answer message={message} isLive={isLive} {...(onRetry && { onRetry })} />
      )}
    </article>
  );
});

function Answer({ message, isLive, onRetry }: TurnProps) {
  const t = useTranslations("chat");
  const readout = readoutOf(message);
  const text = textOf(message, "text");
  const reasoning = textOf(message, "reasoning");
  const isGrowing = isLive && isRunning(readout);
  const isWaiting = isGrowing && !text && !reasoning;
  return (
    <div className="min-w-0">
      {isWaiting && (
        <p className="flex items-center gap-2 text-13 leading-[27px] text-muted">
          <Light state="running" />
          {t("connecting")}
        </p>
      )}
      {reasoning && <Reasoning text={reasoning} isThinking={isGrowing && !text} />}
      {text && <Markdown text={text} isGrowing={isGrowing} />}
      {readout?.errorCode && (
        <div className="mt-3">
          <ErrorNotice
            code={readout.errorCode}
            cost={t(readout.status === "failed" ? "costNone" : "costMaybe")}
            actions={
              onRetry && (
                <Button size="compact" onClick={onRetry}>
                  {t("askAgain")}
                </Button>
              )
            }
          />
        </div>
      )}
      {readout && !isWaiting && (
        <div className="mt-2 flex items-center justify-between gap-2">
          <Readout readout={readout} isLive={isLive} />
          {text && <CopyButton text={text} label={t("copyAnswer")} />}
        </div>
      )}
    </div>
  );
}
