import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PublicBar } from "@/components/share/public-bar";
import { SharedPicture } from "@/components/share/shared-picture";
import { openPublicShare } from "@/lib/server/services/share";

type Props = { params: Promise<{ slug: string }> };

export async function generateMetadata() {
  const t = await getTranslations("share");
  return {
    title: t("pageTitle"),
    referrer: "no-referrer",
    robots: { index: false, follow: false, noarchive: true },
  };
}

export default async function SharePage({ params }: Props) {
  const { slug } = await params;
  const share = await openPublicShare(slug);
  if (!share) notFound();
  const t = await getTranslations("share");
  return (
    <>
      <PublicBar path={`/s/${slug}`} />
      <main id="content" className="mx-auto w-full max-w-[1240px] flex-1 p-6 max-sm:p-4">
        <h1 className="sr-only">{t("pageTitle")}</h1>
        <SharedPicture slug={slug} share={share} />
      </main>
      <footer className="border-t border-hair px-5 py-4 text-12 text-muted">
        {t("revocable")}
      </footer>
    </>
  );
}
