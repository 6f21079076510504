import { useTranslations } from "next-intl";

/** ModelScope's own words, folded. */
export function RawAnswer({ text }: { text: string }) {
  const t = useTranslations("common");
  return (
    <details className="min-w-0 text-12 text-muted">
      <summary className="cursor-pointer py-1">{t("raw")}</summary>
      <p lang="en" className="mono mt-1 break-words text-body">
        {text}
      </p>
    </details>
  );
}
