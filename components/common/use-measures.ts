import { useFormatter } from "next-intl";

/** Times and shares as every page writes them; what is not known is a dash. */
export function useMeasures() {
  const format = useFormatter();
  return {
    /** Two digits where it is less than a second. */
    seconds: (ms: number | null) =>
      ms === null
        ? "—"
        : format.number(ms / 1_000, {
            minimumFractionDigits: 1,
            maximumFractionDigits: ms < 1_000 ? 2 : 1,
          }),
    percent: (share: number) =>
      format.number(share, { style: "percent", maximumFractionDigits: 0 }),
  };
}
