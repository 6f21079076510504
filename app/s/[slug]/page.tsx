import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { PublicBar } from "@/components/share/public-bar";
import { ShareGate } from "@/components/share/share-gate";
import { SharedPicture } from "@/components/share/shared-picture";
import { getAppUrl, getPublicApiOrigin } from "@/lib/server/services/deployment";
import { visitShare } from "@/lib/server/services/share-visit";
import { VISITOR_HEADER } from "@/lib/shared/request-headers";
import { PREVIEW, sharePassSchema } from "@/lib/shared/schemas/share";

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ pass?: string | string[] }>;
};

/** Read and counted once for the page and its head. */
const visitOnce = cache(async (slug: string, pass: string | undefined) =>
  visitShare({ slug, pass }, (await headers()).has(VISITOR_HEADER)),
);

/** The link as it stands for who asks. */
async function visit({ params, searchParams }: Props) {
  const [{ slug }, query] = await Promise.all([params, searchParams]);
  const pass = sharePassSchema.safeParse(query.pass).data;
  return { slug, pass, link: await visitOnce(slug, pass) };
}

const HIDDEN: Metadata = {
  referrer: "no-referrer",
  robots: { index: false, follow: false, noarchive: true },
};

export async function generateMetadata(props: Props): Promise<Metadata> {
  const [{ slug, link }, t] = await Promise.all([visit(props), getTranslations("share")]);
  const title = t("pageTitle");
  if (!link?.isOpen || !link.hasPreview) return { ...HIDDEN, title };
  const description = link.share.words?.prompt ?? t("pictureAlt");
  const images = [{ url: `/s/${slug}/opengraph-image`, ...PREVIEW, type: "image/jpeg" }];
  return {
    ...HIDDEN,
    title,
    description,
    metadataBase: new URL(getAppUrl()),
    openGraph: { type: "website", siteName: "ModelScope Playground", title, description, images },
    twitter: { card: "summary_large_image", title, description, images },
  };
}

export default async function SharePage(props: Props) {
  const [{ slug, pass, link }, t] = await Promise.all([visit(props), getTranslations("share")]);
  if (!link) notFound();
  return (
    <>
      <PublicBar path={`/s/${slug}`} pass={pass} />
      <main id="content" className="mx-auto w-full max-w-[1240px] flex-1 p-6 max-sm:p-4">
        <h1 className="sr-only">{t("pageTitle")}</h1>
        {link.isOpen ? (
          <SharedPicture
            slug={slug}
            pass={pass}
            share={link.share}
            apiOrigin={getPublicApiOrigin()}
          />
        ) : (
          <ShareGate slug={slug} viewsLeft={link.viewsLeft} />
        )}
      </main>
      <footer className="border-t border-hair px-5 py-4 text-12 text-muted max-sm:mb-16">
        {t("revocable")}
      </footer>
    </>
  );
}
