"use client";

import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/lib/shared/cn";
import { MENDING_PAGE } from "@/lib/shared/modelscope-pages";
import type { Site } from "@/lib/shared/schemas/token";
import type { TokenLight } from "@/lib/shared/schemas/token-check";
import { RawAnswer } from "../common/raw-answer";
import { useSeconds } from "../common/use-seconds";
import { buttonClasses } from "../ui/button";
import { Light, type LightState } from "../ui/light";

/** The least that two places show. */
const SHORTEST_MS = 10;

const LIGHTS: Record<TokenLight["state"], LightState> = {
  ok: "done",
  failed: "failed",
  unknown: "warning",
  not_tested: "untested",
};

type DoctorLightProps = {
  light: TokenLight;
  isChecking: boolean;
  site: Site;
  /** What was found, beside the name; empty for what was not tested. */
  finding: ReactNode;
  actions?: ReactNode;
};

/** One row of the doctor: verdict, time taken; red ones open with the reason and the page that mends it. */
export function DoctorLight({ light, isChecking, site, finding, actions }: DoctorLightProps) {
  const t = useTranslations("doctor");
  const seconds = useSeconds();
  const { key, state, reason, text, ms } = light;
  const page = reason && MENDING_PAGE[reason]?.[site];
  return (
    <li
      data-testid={`light-${key}`}
      data-state={state}
      className={cn(
        "grid grid-cols-[14px_minmax(0,1fr)_auto] gap-x-5 border-b border-hair px-5 py-3.5 last:border-b-0 max-sm:gap-x-3",
        state === "failed" && "bg-bad-soft",
      )}
    >
      <Light state={isChecking ? "running" : LIGHTS[state]} className="mt-[3px]" />
      <div className="min-w-0">
        <p>
          <span className="mr-2 font-semibold text-ink">{t(`light.${key}`)}</span>
          <span className="text-13 text-muted">{finding}</span>
        </p>
        {reason && <p className="mt-1 max-w-[60ch] text-13">{t(`reason.${reason}`)}</p>}
        {(page || actions || text) && (
          <div className="mt-2 flex flex-wrap items-center gap-3">
            {page && (
              <a href={page} target="_blank" rel="noreferrer" className={buttonClasses("solid")}>
                {t(`mend.${reason as "unbound"}`)}
                <ExternalLink size={16} strokeWidth={1.75} aria-hidden />
              </a>
            )}
            {actions}
            {text && <RawAnswer text={text} />}
          </div>
        )}
      </div>
      <span className="mono text-12 leading-[22px] text-muted">
        {ms === null ? "—" : ms < SHORTEST_MS ? `< ${seconds(SHORTEST_MS)}` : seconds(ms)}
      </span>
    </li>
  );
}
