import { getTranslations } from "next-intl/server";
import { AdminFrame } from "@/components/admin/admin-frame";
import { LimitsTable } from "@/components/admin/limits-table";
import { PageBar } from "@/components/layout/page-bar";
import { requirePageAdministrator } from "@/lib/server/auth/page-actor";
import { getTeamLimits } from "@/lib/server/services/team-usage";

export async function generateMetadata() {
  const t = await getTranslations("admin");
  return { title: t("page.limits") };
}

export default async function LimitsPage() {
  const actor = await requirePageAdministrator();
  const [t, limits] = await Promise.all([getTranslations("admin"), getTeamLimits(actor)]);
  return (
    <>
      <PageBar title={t("title")} />
      <AdminFrame page="limits">
        <p className="text-13 text-muted">{t("limitsNote")}</p>
        <LimitsTable limits={limits} />
      </AdminFrame>
    </>
  );
}
