import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Instrument } from "@/components/auth/instrument";
import { SetupForm } from "@/components/auth/setup-form";
import { FrontPage } from "@/components/layout/front-page";
import { isSetupOpen } from "@/lib/server/services/setup";
import { THEME_COOKIE, toTheme } from "@/lib/shared/locales";

export async function generateMetadata() {
  const t = await getTranslations("setup");
  return { title: t("title") };
}

export default async function SetupPage() {
  if (!(await isSetupOpen())) notFound();
  const [jar, t] = await Promise.all([cookies(), getTranslations("setup")]);
  return (
    <FrontPage
      theme={toTheme(jar.get(THEME_COOKIE)?.value)}
      aside={<Instrument />}
      footer={<span>{t("closes")}</span>}
    >
      <p className="text-13 text-muted">{t("title")}</p>
      <h1 className="text-24">{t("owner")}</h1>
      <p className="mt-1 mb-6 text-muted">{t("lead")}</p>
      <SetupForm />
    </FrontPage>
  );
}
