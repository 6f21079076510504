"use client";

import { useTranslations } from "next-intl";
import { useNow } from "../common/use-now";

const TICK_MS = 250;

/** ModelScope is busy; whole seconds until it is asked again. */
export function RetryCountdown({ at }: { at: number }) {
  const t = useTranslations("chat");
  const now = useNow(true, TICK_MS);
  return t("retryIn", { seconds: Math.max(1, Math.ceil((at - now) / 1_000)) });
}
