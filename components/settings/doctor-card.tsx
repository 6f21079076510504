"use client";

import { RefreshCw } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { Site } from "@/lib/shared/schemas/token";
import type { TokenReport } from "@/lib/shared/schemas/token-check";
import { ErrorNotice } from "../common/error-notice";
import { announceCall } from "../layout/use-credits";
import { Button } from "../ui/button";
import { Tag } from "../ui/tag";
import { DoctorFinding } from "./doctor-finding";
import { DoctorLight } from "./doctor-light";
import type { Doctor } from "./use-doctor";

/** Four lights: the first three cost nothing, the fourth makes a call and says its price before. */
export function DoctorCard({ site, doctor }: { site: Site; doctor: Doctor }) {
  const t = useTranslations("doctor");
  const { report, lights, running, isChecking, fault, waitSeconds, check } = doctor;
  const isBusy = running !== null || waitSeconds > 0;
  const failed = lights.filter(({ state }) => state === "failed").length;
  return (
    <section aria-labelledby="doctor-title">
      <header className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h2 id="doctor-title" className="text-18">
          {t("title")}
        </h2>
        {failed > 0 && <Tag tone="bad">{t("failed", { count: failed })}</Tag>}
        <span className="flex-1" />
        {report && <CheckedAt at={report.checkedAt} />}
        <Button disabled={isBusy} onClick={() => void check(false)}>
          <RefreshCw size={16} strokeWidth={1.75} aria-hidden />
          {t(report ? "recheck" : "check")}
        </Button>
      </header>
      {fault && !(fault.retryAfterSeconds && waitSeconds === 0) && (
        <div className="mb-3">
          <ErrorNotice
            code={fault.code}
            id={fault.id}
            {...(waitSeconds > 0 && {
              cost: <span aria-hidden>{t("wait", { seconds: waitSeconds })}</span>,
            })}
          />
        </div>
      )}
      <ul className="rounded-6 border border-hair bg-surface" aria-live="polite">
        {lights.map((light) => (
          <DoctorLight
            key={light.key}
            light={light}
            isChecking={isChecking(light.key)}
            site={report?.site ?? site}
            finding={<DoctorFinding light={light} report={report} />}
            {...(light.key === "answer" && {
              actions: (
                <TryButton
                  report={report}
                  isBusy={isBusy}
                  onTry={() => void check(true).then(announceCall)}
                />
              ),
            })}
          />
        ))}
      </ul>
    </section>
  );
}

function CheckedAt({ at }: { at: string }) {
  const t = useTranslations("doctor");
  const format = useFormatter();
  return (
    <span className="text-12 text-muted">
      {t("checkedAt", { time: format.dateTime(new Date(at), { timeStyle: "medium" }) })}
    </span>
  );
}

type TryButtonProps = { report: TokenReport | null; isBusy: boolean; onTry: () => void };

/** Asked for on purpose, since it costs a call; only where nothing before it is red. */
function TryButton({ report, isBusy, onTry }: TryButtonProps) {
  const t = useTranslations("doctor");
  if (!report) return null;
  const { offer, lights } = report;
  const isBlocked = lights.some(({ key, state }) => key !== "answer" && state === "failed");
  const price = offer.price === null ? t("priceUnknown") : t("price", { price: offer.price });
  return (
    <Button disabled={isBusy || isBlocked} onClick={onTry}>
      {t(isBlocked ? "blocked" : "try", { model: offer.model, price })}
    </Button>
  );
}
