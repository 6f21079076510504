import { useFormatter, useTranslations } from "next-intl";
import { isErrorCode } from "@/lib/shared/errors";
import type { UsageCall } from "@/lib/shared/schemas/usage";
import { Light, type LightState } from "../ui/light";

const LIGHTS: Record<UsageCall["status"], LightState> = {
  open: "running",
  complete: "done",
  stopped: "stopped",
  interrupted: "warning",
  failed: "failed",
  unknown: "unknown",
};

/** The newest calls, one row each. */
export function Ledger({ calls }: { calls: readonly UsageCall[] }) {
  const t = useTranslations("usage");
  const tError = useTranslations("errors");
  const format = useFormatter();
  const seconds = (ms: number | null) =>
    ms === null
      ? "—"
      : format.number(ms / 1_000, { minimumFractionDigits: 1, maximumFractionDigits: 2 });
  const tokens = (call: UsageCall) => {
    if (call.kind === "image" || call.kind === "edit") return "—";
    if (call.inputTokens === null || call.outputTokens === null) return t("notReported");
    return `${format.number(call.inputTokens)} / ${format.number(call.outputTokens)}`;
  };
  return (
    <section
      className="overflow-x-auto border-t border-hair px-5 py-4"
      aria-labelledby="ledger-title"
    >
      <h2 id="ledger-title" className="text-14">
        {t("ledger")} <span className="text-12 font-normal text-muted">{t("ledgerHint")}</span>
      </h2>
      <table className="mt-2 w-full min-w-[760px] text-13">
        <thead>
          <tr className="border-b border-rule text-12 whitespace-nowrap text-muted [&>th]:py-2 [&>th]:pr-4 [&>th]:text-left [&>th]:font-medium">
            <th>{t("time")}</th>
            <th>{t("column.kind")}</th>
            <th>{t("column.model")}</th>
            <th>{t("column.status")}</th>
            <th className="text-right!">{t("firstSeconds")}</th>
            <th className="text-right!">{t("totalSeconds")}</th>
            <th className="pr-0! text-right!">{t("tokens")}</th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <tr
              key={call.id}
              className="border-b border-hair last:border-b-0 [&>td]:py-2 [&>td]:pr-4"
            >
              <td className="font-mono text-12 whitespace-nowrap">
                {format.dateTime(new Date(call.startedAt), {
                  month: "2-digit",
                  day: "2-digit",
                  hour: "2-digit",
                  minute: "2-digit",
                  second: "2-digit",
                  hour12: false,
                })}
              </td>
              <td className="whitespace-nowrap">{t(`kind.${call.kind}`)}</td>
              <td className="mono">{call.model}</td>
              <td>
                <span className="flex items-center gap-2 whitespace-nowrap">
                  <Light state={LIGHTS[call.status]} />
                  {t(`status.${call.status}`)}
                </span>
                {call.errorCode && isErrorCode(call.errorCode) && (
                  <span className="block text-12 text-muted">{tError(call.errorCode)}</span>
                )}
              </td>
              <td className="text-right font-mono text-12">{seconds(call.firstTokenMs)}</td>
              <td className="text-right font-mono text-12">{seconds(call.totalMs)}</td>
              <td className="pr-0! text-right font-mono text-12 whitespace-nowrap text-ink">
                {tokens(call)}
              </td>
            </tr>
          ))}
          {calls.length === 0 && (
            <tr>
              <td colSpan={7} className="text-muted">
                {t("empty")}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}
