import { useFormatter, useTranslations } from "next-intl";
import { useMeasures } from "../common/use-measures";

/** Numbers as this page writes them; what is not known is a word, never 0. */
export function useFigures() {
  const t = useTranslations("usage");
  const format = useFormatter();
  const { seconds } = useMeasures();
  const orUnknown = (value: number | null, write: (known: number) => string) =>
    value === null ? t("unknown") : write(value);
  return {
    count: (value: number) => format.number(value),
    known: (value: number | null) => orUnknown(value, (known) => format.number(known)),
    credits: (value: number | null) =>
      orUnknown(value, (known) => format.number(known, { maximumFractionDigits: 1 })),
    share: (part: number | null, whole: number) =>
      part === null || whole === 0
        ? part === null
          ? t("unknown")
          : "—"
        : format.number(part / whole, { style: "percent", maximumFractionDigits: 1 }),
    seconds,
  };
}
