"use client";

import { useFormatter, useTranslations } from "next-intl";
import { memo } from "react";
import type { RunReadout } from "@/lib/shared/schemas/chat";
import { CodeSample } from "../common/code-sample";
import { CopyButton } from "../common/copy-button";
import { ErrorNotice } from "../common/error-notice";
import { Button } from "../ui/button";
import { Light } from "../ui/light";
import { type ChatUIMessage, isRunning, readoutOf, textOf, toolCallsOf } from "./chat-message";
import { Markdown } from "./markdown";
import { Readout } from "./readout";
import { Reasoning } from "./reasoning";
import { RetryCountdown } from "./retry-countdown";
import { ToolCalls } from "./tool-calls";

type TurnProps = {
  message: ChatUIMessage;
  isLive: boolean;
  /** When ModelScope is asked again, while it is busy. */
  retryAt?: number | null;
  onRetry?: () => void;
};

/** One message: a question in a well, an answer as plain text with its numbers. */
export const Turn = memo(function Turn(props: TurnProps) {
  const { message } = props;
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
        <Answer {...props} />
      )}
    </article>
  );
});

function Answer({ message, isLive, retryAt = null, onRetry }: TurnProps) {
  const t = useTranslations("chat");
  const readout = readoutOf(message);
  const text = textOf(message, "text");
  const reasoning = textOf(message, "reasoning");
  const calls = toolCallsOf(message);
  const isGrowing = isLive && isRunning(readout);
  const isWaiting = isGrowing && !text && !reasoning && calls.length === 0;
  const isComplete = readout?.status === "complete";
  const isOnlyReasoning = isComplete && !text && calls.length === 0;
  if (isWaiting) return <Waiting retryAt={retryAt} />;
  return (
    <div className="min-w-0">
      {reasoning && <Reasoning text={reasoning} isThinking={isGrowing && !text} />}
      {text && <AnswerText text={text} isGrowing={isGrowing} isWhole={isComplete} />}
      {isOnlyReasoning && <p className="mt-2 text-13 text-muted">{t("onlyReasoning")}</p>}
      {calls.length > 0 && <ToolCalls calls={calls} />}
      {readout?.errorCode && <Trouble readout={readout} onRetry={onRetry} />}
      {readout && (
        <div className="mt-2 flex items-center justify-between gap-2">
          <Readout readout={readout} isLive={isLive} />
          {text && <CopyButton text={text} label={t("copyAnswer")} />}
        </div>
      )}
    </div>
  );
}

/** Whether an answer is JSON, or a part of one seems to become it. Markdown would eat its marks. */
function isJson(text: string, isPart: boolean): boolean {
  if (!/^\s*(\{\s*("|\}|$)|\[\s*[[{"])/.test(text)) return false;
  if (isPart) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

type AnswerTextProps = { text: string; isGrowing: boolean; isWhole: boolean };

function AnswerText({ text, isGrowing, isWhole }: AnswerTextProps) {
  if (isJson(text, !isWhole)) return <CodeSample language="json" code={text} />;
  return <Markdown text={text} isGrowing={isGrowing} />;
}

/** Nothing has come yet: connecting, or waiting until ModelScope is asked again. */
function Waiting({ retryAt }: { retryAt: number | null }) {
  const t = useTranslations("chat");
  return (
    <p className="flex items-center gap-2 text-13 leading-[27px] text-muted">
      <Light state={retryAt === null ? "running" : "waiting"} />
      {retryAt === null ? t("connecting") : <RetryCountdown at={retryAt} />}
    </p>
  );
}

type TroubleProps = { readout: RunReadout; onRetry: (() => void) | undefined };

/** Why an answer did not end well, in our words and, folded, in ModelScope's. */
function Trouble({ readout, onRetry }: TroubleProps) {
  const t = useTranslations("chat");
  return (
    <div className="mt-3">
      <ErrorNotice
        code={readout.errorCode ?? "internal"}
        raw={{ text: readout.errorText, requestId: readout.upstreamRequestId }}
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
  );
}
