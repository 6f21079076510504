"use client";

import { useTranslations } from "next-intl";
import { parseJson } from "@/lib/shared/parse-json";
import type { RunReadout } from "@/lib/shared/schemas/chat";
import { CodeSample } from "../common/code-sample";
import { ErrorNotice } from "../common/error-notice";
import { Button } from "../ui/button";
import { Markdown } from "./markdown/markdown";
import { Readout } from "./readout";
import { Reasoning } from "./reasoning";
import { ToolCalls } from "./tool-calls";
import { isActive } from "./transcript-state";
import { ActionBar } from "./turn-actions";
import type { TurnProps } from "./turn-props";
import { Waiting } from "./waiting";

/** What a model said: its reasoning, its text, the functions it asks for, and its numbers. */
export function Answer(props: TurnProps) {
  const { turn, live, isIdle, isLast, price, actions } = props;
  const { text, reasoning, run } = turn;
  const said = text + reasoning;
  const isGrowing = live !== null && isActive(turn);
  const isEmpty = !text && !reasoning && turn.toolCalls.length === 0;
  if (isGrowing && isEmpty && run) return <Waiting live={live} run={run} />;
  return (
    <div className="min-w-0">
      <Said {...props} isGrowing={isGrowing} />
      {run?.errorCode && (
        <Trouble
          readout={run}
          onRetry={isLast && isIdle ? () => actions.regenerate(turn) : undefined}
        />
      )}
      <div className="mt-2 flex flex-wrap items-center justify-between gap-2">
        {run ? (
          <Readout readout={run} text={said} price={price} isLive={live !== null} />
        ) : (
          <span />
        )}
        <ActionBar turn={turn} actions={actions} isIdle={isIdle} />
      </div>
    </div>
  );
}

function Said({ turn, isIdle, isLast, actions, isGrowing }: TurnProps & { isGrowing: boolean }) {
  const t = useTranslations("chat");
  const { text, reasoning, toolCalls, run } = turn;
  const isComplete = run === null || run.status === "complete";
  const canAnswer = isLast && isIdle;
  return (
    <>
      {reasoning && (
        <Reasoning
          text={reasoning}
          isThinking={isGrowing && !text}
          thoughtMs={run?.thoughtMs ?? null}
        />
      )}
      {text && <AnswerText text={text} isGrowing={isGrowing} isWhole={isComplete} />}
      {isComplete && !text && toolCalls.length === 0 && (
        <p className="mt-2 text-13 text-muted">{t("onlyReasoning")}</p>
      )}
      {toolCalls.length > 0 && (
        <ToolCalls
          calls={toolCalls}
          {...(canAnswer && { onAnswer: (results) => actions.answerTools(turn, results) })}
        />
      )}
    </>
  );
}

/** Whether an answer is JSON, or a part of one seems to become it. Markdown would eat its marks. */
function isJson(text: string, isPart: boolean): boolean {
  if (!/^\s*(\{\s*("|\}|$)|\[\s*[[{"])/.test(text)) return false;
  return isPart || parseJson(text) !== undefined;
}

type AnswerTextProps = { text: string; isGrowing: boolean; isWhole: boolean };

function AnswerText({ text, isGrowing, isWhole }: AnswerTextProps) {
  if (isJson(text, !isWhole)) return <CodeSample language="json" code={text} />;
  return <Markdown text={text} isGrowing={isGrowing} />;
}

type TroubleProps = { readout: RunReadout; onRetry: (() => void) | undefined };

/** Why an answer did not end well, in our words and, folded, in ModelScope's. */
function Trouble({ readout, onRetry }: TroubleProps) {
  const t = useTranslations("chat");
  // No call of this model is left today; another one may be asked.
  const canRetry = onRetry && readout.errorCode !== "model_quota_day";
  return (
    <div className="mt-3">
      <ErrorNotice
        code={readout.errorCode ?? "internal"}
        raw={{ text: readout.errorText, requestId: readout.upstreamRequestId }}
        cost={t(readout.status === "failed" ? "costNone" : "costMaybe")}
        actions={
          canRetry && (
            <Button size="compact" onClick={onRetry}>
              {t("askAgain")}
            </Button>
          )
        }
      />
    </div>
  );
}
