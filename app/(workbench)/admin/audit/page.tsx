import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { AdminFrame } from "@/components/admin/admin-frame";
import { AuditTable } from "@/components/admin/audit-table";
import { PageBar } from "@/components/layout/page-bar";
import { buttonClasses } from "@/components/ui/button";
import { requirePageAdministrator } from "@/lib/server/auth/page-actor";
import { listAudit } from "@/lib/server/services/audit";
import { cursorSchema } from "@/lib/shared/cursor";

const viewSchema = z.object({ cursor: cursorSchema.optional().catch(undefined) });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata() {
  const t = await getTranslations("admin");
  return { title: t("page.audit") };
}

export default async function AuditPage({ searchParams }: Props) {
  const actor = await requirePageAdministrator();
  const { cursor } = viewSchema.parse(await searchParams);
  const [t, { entries, nextCursor }] = await Promise.all([
    getTranslations("admin"),
    listAudit(actor, { cursor }),
  ]);
  return (
    <>
      <PageBar title={t("title")} />
      <AdminFrame page="audit">
        <AuditTable entries={entries} />
        {nextCursor && (
          <Link
            href={`/admin/audit?cursor=${encodeURIComponent(nextCursor)}`}
            className={`${buttonClasses("outlined", "compact")} justify-self-start`}
          >
            {t("older")}
          </Link>
        )}
      </AdminFrame>
    </>
  );
}
