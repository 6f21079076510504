import { getTranslations } from "next-intl/server";
import { Studio } from "@/components/images/studio";
import { PageBar } from "@/components/layout/page-bar";
import { requirePageActor } from "@/lib/server/auth/page-actor";
import { listImages } from "@/lib/server/services/images";
import { listModels } from "@/lib/server/services/models";
import { getTokenStatus } from "@/lib/server/services/token";
import { DEFAULT_IMAGE_MODEL } from "@/lib/shared/models/fallback-ids";

export async function generateMetadata() {
  const t = await getTranslations("image");
  return { title: t("title") };
}

export default async function ImagesPage() {
  const actor = await requirePageActor();
  const [t, images, list, token] = await Promise.all([
    getTranslations("image"),
    listImages(actor, {}),
    listModels(actor, { kind: "image" }),
    getTokenStatus(actor),
  ]);
  const isListed = list.models.some(({ id }) => id === DEFAULT_IMAGE_MODEL);
  return (
    <>
      <PageBar title={t("title")} />
      <Studio
        initial={images}
        list={list}
        model={isListed ? DEFAULT_IMAGE_MODEL : (list.models[0]?.id ?? DEFAULT_IMAGE_MODEL)}
        hasToken={token.state !== "none" && token.state !== "needs_reentry"}
      />
    </>
  );
}
