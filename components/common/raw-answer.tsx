import { useTranslations } from "next-intl";

/** ModelScope's own words and its request id, which its support asks for; folded. */
export function RawAnswer({
  text,
  requestId = null,
}: {
  text: string | null;
  requestId?: string | null;
}) {
  const t = useTranslations("common");
  return (
    <details className="min-w-0 text-12 text-muted">
      <summary className="cursor-pointer py-1">{t("raw")}</summary>
      {text && (
        <p lang="en" className="mono mt-1 break-words text-body">
          {text}
        </p>
      )}
      {requestId && <p className="mono mt-1 break-all">{t("requestId", { id: requestId })}</p>}
    </details>
  );
}
