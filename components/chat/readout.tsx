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

const Value = ({ children }: { children: ReactNode }) => (
  <b className="font-medium text-ink">{children}</b>
);

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
  /** Magicubes a call; null where it is not known. */
  price: number | null;
  isLive: boolean;
};

/** The line of numbers under an answer; what ModelScope did not report says so. */
export function Readout({ readout, text, price, isLive }: ReadoutProps) {
  const t = useTranslations("readout");
  const seconds = useSeconds();
  const isOn = isLive && isRunning(readout);
  const { firstTokenMs, totalMs, status, upstreamRequestId } = readout;
  const requestId = upstreamRequestId && t("requestId", { id: upstreamRequestId });
  return (
    <div
      className="flex flex-wrap items-center gap-y-0.5 font-mono text-12 text-muted"
      data-testid="readout"
      title={[readout.model, requestId].filter(Boolean).join("\n")}
    >
      <Light state={LIGHTS[status]} className="mr-2" />
      <Cell>
        <span className="font-sans">
          {t(`status.${isOn || totalMs !== null ? status : "streaming"}`)}
        </span>
      </Cell>
      {firstTokenMs !== null && (
        <Cell label={t("first")}>
          <Value>{seconds(firstTokenMs)}</Value>
        </Cell>
      )}
      {isOn && <Running readout={readout} text={text} />}
      {totalMs !== null && <Ended readout={readout} totalMs={totalMs} price={price} />}
    </div>
  );
}

/** What changes while it is written. */
function Running({ readout, text }: { readout: RunReadout; text: string }) {
  const t = useTranslations("readout");
  const format = useFormatter();
  const seconds = useSeconds();
  const now = useNow(true, TICK_MS);
  const startedMs = Date.parse(readout.startedAt) + (readout.queuedMs ?? 0);
  return (
    <>
      <Cell label={t("total")}>
        <Value>{seconds(Math.max(0, now - startedMs))}</Value>
      </Cell>
      <Cell>≈ {format.number(estimateTokens(text))} tok</Cell>
    </>
  );
}

type EndedProps = { readout: RunReadout; totalMs: number; price: number | null };

function Ended({ readout, totalMs, price }: EndedProps) {
  const t = useTranslations("readout");
  const tModel = useTranslations("model");
  const format = useFormatter();
  const seconds = useSeconds();
  const { inputTokens, outputTokens, firstTokenMs, status, queuedMs } = readout;
  // What was stopped while it waited was never called.
  const isCharged = status !== "failed" && (queuedMs !== null || status === "complete");
  const writingMs = totalMs - (firstTokenMs ?? totalMs);
  const isReported = inputTokens !== null && outputTokens !== null;
  const rate = isReported && writingMs > 0 ? (outputTokens / writingMs) * 1_000 : null;
  return (
    <>
      <Cell label={t("total")}>
        <Value>{seconds(totalMs)}</Value>
      </Cell>
      {rate !== null && (
        <Cell>
          <Value>{format.number(rate, { maximumFractionDigits: 1 })}</Value> tok/s
        </Cell>
      )}
      <Cell>
        {isReported
          ? `${format.number(inputTokens)} → ${format.number(outputTokens)} tok`
          : `tokens ${t("notReported")}`}
      </Cell>
      {price !== null && isCharged && <Cell>{tModel("approx", { price })}</Cell>}
    </>
  );
}
