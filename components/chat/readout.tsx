"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { RunReadout } from "@/lib/shared/schemas/chat";
import { useNow } from "../common/use-now";
import { useSeconds } from "../common/use-seconds";
import { Light, type LightState } from "../ui/light";

const LIGHTS: Record<RunReadout["status"], LightState> = {
  queued: "running",
  streaming: "running",
  complete: "done",
  stopped: "stopped",
  interrupted: "warning",
  failed: "failed",
};

const TICK_MS = 100;

function Cell({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <span className="whitespace-nowrap border-l border-hair px-[9px] first-of-type:border-l-0 first-of-type:pl-0">
      {label && <span className="mr-[5px] font-sans text-faint">{label}</span>}
      {children}
    </span>
  );
}

const isRunning = ({ status }: RunReadout) => status === "queued" || status === "streaming";

/** About so many tokens: a CJK letter is one, four other letters are one. */
function estimateTokens(text: string): number {
  const cjk = text.match(/[\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]/g)?.length ?? 0;
  return Math.round(cjk + (text.length - cjk) / 4);
}

type ReadoutProps = {
  readout: RunReadout;
  /** Everything that came, for an estimate while it is not over. */
  text: string;
  isLive: boolean;
};

/** The line of numbers under an answer; what ModelScope did not report says so. */
export function Readout({ readout, text, isLive }: ReadoutProps) {
  const t = useTranslations("readout");
  const format = useFormatter();
  const isOn = isLive && isRunning(readout);
  const now = useNow(isOn, TICK_MS);
  const seconds = useSeconds();
  const elapsedMs = readout.totalMs ?? Math.max(0, now - Date.parse(readout.startedAt));
  const { outputTokens, inputTokens, firstTokenMs, totalMs } = readout;
  const writingMs = totalMs !== null && firstTokenMs !== null ? totalMs - firstTokenMs : null;
  return (
    <div
      className="flex flex-wrap items-center gap-y-0.5 font-mono text-12 text-muted"
      data-testid="readout"
    >
      <Light state={LIGHTS[readout.status]} className="mr-2" />
      <Cell>
        <span className="font-sans">
          {t(`status.${isOn || totalMs !== null ? readout.status : "streaming"}`)}
        </span>
      </Cell>
      {firstTokenMs !== null && (
        <Cell label={t("first")}>
          <b className="font-medium text-ink">{seconds(firstTokenMs)}</b>
        </Cell>
      )}
      {/* Nothing that depends on the moment before the page is alive. */}
      {(isOn || totalMs !== null) && (
        <Cell label={t("total")}>
          <b className="font-medium text-ink">{seconds(elapsedMs)}</b>
        </Cell>
      )}
      {isOn && <Cell>≈ {format.number(estimateTokens(text))} tok</Cell>}
      {totalMs !== null && (
        <>
          {outputTokens !== null && writingMs !== null && writingMs > 0 && (
            <Cell>
              <b className="font-medium text-ink">
                {format.number((outputTokens / writingMs) * 1_000, { maximumFractionDigits: 1 })}
              </b>{" "}
              tok/s
            </Cell>
          )}
          <Cell>
            {inputTokens === null || outputTokens === null
              ? `tokens ${t("notReported")}`
              : `${format.number(inputTokens)} → ${format.number(outputTokens)} tok`}
          </Cell>
        </>
      )}
    </div>
  );
}
