"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { LightKey, TokenLight, TokenReport } from "@/lib/shared/schemas/token-check";

/** What a light found, in words. */
export function DoctorFinding({
  light,
  report,
}: {
  light: TokenLight;
  report: TokenReport | null;
}) {
  const t = useTranslations("doctor");
  switch (light.state) {
    case "not_tested":
      return t(light.key === "answer" ? "free" : "notTested");
    case "failed":
    case "unknown":
      return t(`verdict.${light.state}`);
    case "ok":
      return report && <Found of={light.key} report={report} />;
  }
}

function Found({ of, report }: { of: LightKey; report: TokenReport }) {
  const t = useTranslations("doctor.found");
  const format = useFormatter();
  const { accountName, site, available, held, offer } = report;
  switch (of) {
    case "known":
      return t("known", { account: accountName ?? "—", site: `modelscope.${site}` });
    case "account":
      return t("account");
    case "credits": {
      const numbers = { available: format.number(available ?? 0), held: format.number(held ?? 0) };
      return t(held === null ? "available" : "credits", numbers);
    }
    case "answer":
      return t("answer", { model: offer.model });
  }
}
