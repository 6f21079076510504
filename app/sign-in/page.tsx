import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Instrument } from "@/components/auth/instrument";
import { ServiceLight } from "@/components/auth/service-light";
import { SignInForm } from "@/components/auth/sign-in-form";
import { FrontPage } from "@/components/layout/front-page";
import { findPageActor } from "@/lib/server/auth/page-actor";
import { checkReadiness } from "@/lib/server/services/health";
import { isSetupOpen } from "@/lib/server/services/setup";
import { toLocalPath } from "@/lib/shared/local-path";
import { THEME_COOKIE, toTheme } from "@/lib/shared/locales";

export async function generateMetadata() {
  const t = await getTranslations("auth");
  return { title: t("signIn") };
}

type Props = { searchParams: Promise<{ next?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const { next } = await searchParams;
  const goal = toLocalPath(typeof next === "string" ? next : null) ?? "/chat";
  const [{ isReady }, jar, t] = await Promise.all([
    checkReadiness(),
    cookies(),
    getTranslations("auth"),
  ]);
  if (isReady) {
    if (await findPageActor()) redirect(goal);
    if (await isSetupOpen()) redirect("/setup");
  }
  return (
    <FrontPage
      theme={toTheme(jar.get(THEME_COOKIE)?.value)}
      aside={<Instrument />}
      footer={
        <>
          <span>{t("inviteOnly")}</span>
          <ServiceLight isReady={isReady} />
        </>
      }
    >
      <h1 className="text-24">{t("signIn")}</h1>
      <p className="mt-1 mb-6 text-muted">{t("lead")}</p>
      <SignInForm goal={goal} />
    </FrontPage>
  );
}
