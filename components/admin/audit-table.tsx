import { useFormatter, useTranslations } from "next-intl";
import type { Audit } from "@/lib/shared/schemas/admin";

/** Who looked at or changed what, newest first. */
export function AuditTable({ entries }: { entries: Audit["entries"] }) {
  const t = useTranslations("admin");
  const format = useFormatter();
  const subjectOf = (subject: string | null) => {
    if (subject === "team") return t("wholeTeam");
    if (subject === "members") return t("everyMember");
    return subject?.startsWith("usr_") ? t("formerMember") : (subject ?? "—");
  };
  return (
    <div className="overflow-x-auto rounded-6 border border-hair bg-surface">
      <table className="w-full min-w-[560px] text-13">
        <caption className="sr-only">{t("page.audit")}</caption>
        <thead>
          <tr className="border-b border-rule text-12 text-muted [&>th]:py-2 [&>th]:pr-4 [&>th]:text-left [&>th]:font-medium">
            <th scope="col" className="pl-5">
              {t("when")}
            </th>
            <th scope="col">{t("who")}</th>
            <th scope="col">{t("what")}</th>
            <th scope="col">{t("subject")}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ id, at, name, action, subject, detail }) => (
            <tr key={id} className="border-b border-hair last:border-b-0 [&>td]:py-2 [&>td]:pr-4">
              <td className="pl-5 font-mono text-12 whitespace-nowrap">
                {format.dateTime(new Date(at), { dateStyle: "short", timeStyle: "medium" })}
              </td>
              <td className="text-ink">{name ?? t("formerMember")}</td>
              <td>{t(`action.${action.replace(".", "_") as "usage_view"}`)}</td>
              <td className="text-muted">
                {subjectOf(subject)}
                {detail && ` · ${detail}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
