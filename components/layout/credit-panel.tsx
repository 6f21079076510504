"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { secondsToNextLedgerDay } from "@/lib/shared/calendar";
import { EARN_PAGE, SPENDING_PAGE } from "@/lib/shared/modelscope-pages";
import type { Credits } from "@/lib/shared/schemas/credits";
import { CapBar } from "../common/cap-bar";
import { CreditExplanation, DailyLimits, findBalanceFault } from "../common/credit-facts";
import { useNow } from "../common/use-now";

const SECOND_MS = 1_000;
const two = (value: number) => String(value).padStart(2, "0");

/** Time until daily counts begin anew, ticking; only where ModelScope names such counts. */
function Countdown() {
  const t = useTranslations("credit");
  const left = secondsToNextLedgerDay(new Date(useNow(true, SECOND_MS)));
  const time = `${two(Math.floor(left / 3600))}:${two(Math.floor(left / 60) % 60)}:${two(left % 60)}`;
  return (
    <p className="text-12 text-muted" data-testid="countdown" suppressHydrationWarning>
      {t("resetIn", { time })}
    </p>
  );
}

/** The numbers of the chip with their source, and what they mean. */
export function CreditPanel({ credits }: { credits: Credits }) {
  const t = useTranslations("credit");
  const format = useFormatter();
  const { available, held, readAt, last, source, batches, limits, caps } = credits;
  const number = (value: number | null) => (value === null ? "—" : format.number(value));
  const time = (at: string) =>
    format.dateTime(new Date(at), { dateStyle: "short", timeStyle: "short" });
  const fault = findBalanceFault(credits);
  const [next] = batches;
  return (
    <div className="grid gap-2">
      <p className="flex items-baseline gap-2">
        <span className="font-mono text-20 font-medium text-ink">{number(available)}</span>
        <span className="text-muted">{t("available")}</span>
        {available !== null && (
          <span className="text-muted">
            <b className="font-mono font-medium text-ink">{number(held)}</b> {t("held")}
          </span>
        )}
      </p>
      {fault && <p className="text-warn">{t(`fault.${fault}`)}</p>}
      {last && (
        <p className="text-12 text-muted">
          {t("lastKnown", { credits: number(last.available), time: time(last.readAt) })}
        </p>
      )}
      {next && (
        <p className="text-12 text-muted">
          {t("nextLapse", { credits: number(next.credits), time: time(next.lapsesAt) })}
        </p>
      )}
      <p className="text-12 text-muted">
        {t("from")} <span className="mono">{source}</span>
        {readAt &&
          ` · ${t("readAt", { time: format.dateTime(new Date(readAt), { timeStyle: "medium" }) })}`}
      </p>
      <DailyLimits limits={limits} />
      {limits.length > 0 && <Countdown />}
      {caps.length > 0 && (
        <div className="grid gap-2 border-t border-hair pt-2">
          {caps.map((cap) => (
            <CapBar key={`${cap.scope} ${cap.measure}`} cap={cap} />
          ))}
        </div>
      )}
      <div className="border-t border-hair pt-2">
        <CreditExplanation />
      </div>
      <p className="flex flex-wrap gap-x-4 gap-y-1 border-t border-hair pt-2 [&>a]:text-signal [&>a]:underline [&>a]:underline-offset-2 max-sm:[&>a]:py-2">
        <Link
          href="/usage"
          // On that page itself nothing else would happen.
          onClick={({ currentTarget }) =>
            currentTarget.closest<HTMLElement>("[popover]")?.hidePopover()
          }
        >
          {t("toUsage")}
        </Link>
        <a href={EARN_PAGE.cn} target="_blank" rel="noreferrer">
          {t("getMore")}
        </a>
        <a href={SPENDING_PAGE.cn} target="_blank" rel="noreferrer">
          {t("spending")}
        </a>
      </p>
    </div>
  );
}
