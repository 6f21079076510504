"use client";

import { useTranslations } from "next-intl";
import type { RunReadout } from "@/lib/shared/schemas/chat";
import { useNow } from "../common/use-now";
import { Light } from "../ui/light";
import { RetryCountdown } from "./retry-countdown";
import type { Live } from "./use-live";

/** After so long without a first token the wait is called slow. */
const SLOW_MS = 9_000;
const TICK_MS = 500;

/** Nothing has come yet, and why: others are before it, ModelScope is busy, or the model takes its time. */
export function Waiting({ live, run }: { live: Live; run: RunReadout }) {
  const t = useTranslations("chat");
  const now = useNow(true, TICK_MS);
  const elapsedMs = now - Date.parse(run.startedAt) - (run.queuedMs ?? 0);
  const isBusy = live.retryAt !== null;
  const isQueued = live.place > 0;
  const isSlow = !isBusy && !isQueued && elapsedMs > SLOW_MS;
  return (
    <div className="text-13 leading-[27px] text-muted" data-testid="waiting">
      <p className="flex items-center gap-2">
        <Light state={isBusy || isQueued ? "waiting" : "running"} />
        {live.retryAt !== null && <RetryCountdown at={live.retryAt} />}
        {!isBusy && isQueued && t("place", { place: live.place })}
        {!isBusy &&
          !isQueued &&
          t(isSlow ? "slow" : "connecting", { seconds: Math.round(elapsedMs / 1_000) })}
      </p>
      {isSlow && <p className="pl-[22px] text-12">{t("slowHint", { model: run.model })}</p>}
    </div>
  );
}
