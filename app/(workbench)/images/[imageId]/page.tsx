import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Recipe } from "@/components/common/recipe";
import { DetailActions } from "@/components/images/detail-actions";
import { PageBar } from "@/components/layout/page-bar";
import { requirePageActor } from "@/lib/server/auth/page-actor";
import { getImage } from "@/lib/server/services/images";
import { AppError } from "@/lib/shared/errors";

type Props = { params: Promise<{ imageId: string }> };

async function loadImage({ params }: Props) {
  const [{ imageId }, actor] = await Promise.all([params, requirePageActor()]);
  try {
    const image = await getImage(actor, imageId);
    if (image.status !== "done") notFound();
    return image;
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
}

export async function generateMetadata(props: Props) {
  const { prompt } = await loadImage(props);
  return { title: prompt.slice(0, 60) };
}

export default async function ImagePage(props: Props) {
  const [image, t] = await Promise.all([loadImage(props), getTranslations("image")]);
  return (
    <>
      <PageBar end={<DetailActions imageId={image.id} />}>
        <Link
          href="/images"
          aria-label={t("back")}
          title={t("back")}
          className="text-muted hover:text-ink"
        >
          <ArrowLeft size={16} strokeWidth={1.75} aria-hidden />
        </Link>
        <h1 className="truncate text-14">{image.prompt}</h1>
      </PageBar>
      <div className="flex min-h-0 flex-1 max-md:flex-col max-md:overflow-y-auto">
        <main className="grid min-h-0 min-w-0 flex-1 place-items-center bg-well p-6 max-sm:p-3">
          {/* biome-ignore lint/performance/noImgElement: private bytes never pass the image optimiser */}
          <img
            src={`/api/images/${image.id}/file`}
            alt={image.prompt}
            width={image.width ?? undefined}
            height={image.height ?? undefined}
            className="max-h-full w-auto max-w-full rounded-6 object-contain md:max-h-[calc(100dvh-9rem)]"
          />
        </main>
        <aside
          aria-label={t("recipe")}
          className="w-90 shrink-0 overflow-y-auto border-l border-hair bg-panel max-md:w-full max-md:border-t max-md:border-l-0"
        >
          <h2 className="border-b border-hair px-4 py-3 text-14">{t("recipe")}</h2>
          <Recipe recipe={image} />
        </aside>
      </div>
    </>
  );
}
