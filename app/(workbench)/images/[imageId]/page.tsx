import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { orNotFound } from "@/app/or-not-found";
import { Recipe } from "@/components/common/recipe";
import { BackToGallery } from "@/components/images/back-to-gallery";
import { DetailActions } from "@/components/images/detail-actions";
import { Viewer } from "@/components/images/viewer";
import { PageBar } from "@/components/layout/page-bar";
import { buttonClasses } from "@/components/ui/button";
import { requirePageActor } from "@/lib/server/auth/page-actor";
import { openImage } from "@/lib/server/services/images";

type Props = { params: Promise<{ imageId: string }> };

/** Once for the page and its title. */
const loadImage = cache(async (imageId: string) => {
  const found = await orNotFound(openImage(await requirePageActor(), imageId));
  if (found.image.status !== "done") notFound();
  return found;
});

export async function generateMetadata({ params }: Props) {
  const { image } = await loadImage((await params).imageId);
  return { title: image.prompt.slice(0, 60) };
}

export default async function ImagePage({ params }: Props) {
  const { imageId } = await params;
  const [found, t] = await Promise.all([loadImage(imageId), getTranslations("image")]);
  const { image, neighbours, batch } = found;
  return (
    <>
      <PageBar end={<DetailActions imageId={image.id} mediaType={image.mediaType} />}>
        <BackToGallery />
        <h1 className="truncate text-14">{image.prompt}</h1>
      </PageBar>
      <div className="flex min-h-0 flex-1 max-md:flex-col max-md:overflow-y-auto">
        <Viewer image={image} neighbours={neighbours} batch={batch} />
        <aside
          aria-label={t("recipe")}
          className="w-90 shrink-0 overflow-y-auto border-l border-hair bg-panel max-md:w-full max-md:border-t max-md:border-l-0"
        >
          <div className="flex items-center border-b border-hair py-2 pr-2 pl-4">
            <h2 className="flex-1 text-14">{t("recipe")}</h2>
            <Link
              href={`/images?like=${image.id}`}
              className={buttonClasses("outlined", "compact")}
            >
              {t("winner")}
            </Link>
          </div>
          <Recipe
            words={{
              prompt: image.prompt,
              negativePrompt: image.parameters.negativePrompt ?? null,
            }}
            settings={{
              ...image,
              // What came out where none was asked for.
              parameters: {
                ...image.parameters,
                size: image.parameters.size ?? `${image.width}x${image.height}`,
              },
            }}
            createdAt={image.createdAt}
          />
        </aside>
      </div>
    </>
  );
}
