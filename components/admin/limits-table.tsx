import { useTranslations } from "next-intl";
import type { TeamLimits } from "@/lib/shared/schemas/admin";
import { MEASURES } from "@/lib/shared/schemas/limits";
import { LimitRow } from "./limit-row";

/** What the team, each member and single members may use of a day, with what of today is used. */
export function LimitsTable({
  limits: { team, members, teamToday, people },
}: {
  limits: TeamLimits;
}) {
  const t = useTranslations("admin");
  const tCaps = useTranslations("caps");
  return (
    <div className="overflow-x-auto rounded-6 border border-hair bg-surface">
      <table className="w-full text-13 max-sm:block sm:min-w-[720px]">
        <caption className="sr-only">{t("page.limits")}</caption>
        <thead className="max-sm:sr-only">
          <tr className="border-b border-rule text-12 whitespace-nowrap text-muted [&>th]:py-2 [&>th]:pr-4 [&>th]:text-left [&>th]:font-medium">
            <th scope="col" className="pl-5">
              {t("who")}
            </th>
            {MEASURES.map((measure) => (
              <th key={measure} scope="col">
                {t("todayOf", { measure: tCaps(`measure.${measure}`) })}
              </th>
            ))}
            <th scope="col">
              <span className="sr-only">{tCaps("save")}</span>
            </th>
          </tr>
        </thead>
        <tbody className="max-sm:block">
          <LimitRow scope="team" name={t("wholeTeam")} limits={team} today={teamToday} />
          <LimitRow
            scope="members"
            name={t("everyMember")}
            hint={t("everyMemberHint")}
            limits={members}
            today={null}
          />
          {people.map(({ id, name, email, limits, hasOwnLimits, today }) => (
            <LimitRow
              key={id}
              scope={id}
              name={name}
              hint={hasOwnLimits ? `${email} · ${t("ownLimits")}` : email}
              limits={limits}
              today={today}
              isOwn={hasOwnLimits}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
