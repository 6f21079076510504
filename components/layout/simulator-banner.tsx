import { useTranslations } from "next-intl";

/** Says on every page that no real ModelScope answers. */
export function SimulatorBanner() {
  const t = useTranslations("demo");
  return (
    <p
      data-testid="simulator-banner"
      className="border-b border-hair bg-warn-soft px-4 py-1 text-center text-12 text-body"
    >
      <strong className="font-semibold text-warn">{t("tag")}</strong> {t("text")}
    </p>
  );
}
