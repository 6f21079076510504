import { cookies } from "next/headers";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { PageBar } from "@/components/layout/page-bar";
import { Appearance } from "@/components/settings/appearance";
import { ChatChoices } from "@/components/settings/chat-choices";
import { SharesSection } from "@/components/settings/shares-section";
import { SignOutRow } from "@/components/settings/sign-out-row";
import { TokenSection } from "@/components/settings/token-section";
import { requirePageActor } from "@/lib/server/auth/page-actor";
import { getDeployment } from "@/lib/server/services/deployment";
import { getChoices } from "@/lib/server/services/me";
import { listShares } from "@/lib/server/services/share";
import { getTokenStatus } from "@/lib/server/services/token";
import { THEME_COOKIE, toTheme } from "@/lib/shared/locales";

export async function generateMetadata() {
  const t = await getTranslations("settings");
  return { title: t("title") };
}

export default async function SettingsPage() {
  const actor = await requirePageActor();
  const [t, status, choices, shares, jar] = await Promise.all([
    getTranslations("settings"),
    getTokenStatus(actor),
    getChoices(actor),
    listShares(actor),
    cookies(),
  ]);
  return (
    <>
      <PageBar title={t("title")} />
      <main className="min-h-0 flex-1 overflow-y-auto bg-surface p-6 max-sm:p-4">
        <div className="grid max-w-[800px] gap-8">
          <TokenSection initial={status} isSimulated={getDeployment().isSimulated} />
          <ChatChoices {...choices} />
          <SharesSection initial={shares} />
          <Appearance theme={toTheme(jar.get(THEME_COOKIE)?.value)} />
          {actor.role === "administrator" && (
            <p className="text-13 sm:hidden">
              <Link href="/admin" className="text-signal underline underline-offset-2">
                {t("admin")}
              </Link>
            </p>
          )}
          <SignOutRow name={actor.name} email={actor.email} />
        </div>
      </main>
    </>
  );
}
