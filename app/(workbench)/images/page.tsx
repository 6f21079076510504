import { getTranslations } from "next-intl/server";
import { Studio } from "@/components/images/studio";
import { PageBar } from "@/components/layout/page-bar";
import { requirePageActor } from "@/lib/server/auth/page-actor";
import { listImages } from "@/lib/server/services/images";
import { listModels } from "@/lib/server/services/models";
import { getTokenStatus } from "@/lib/server/services/token";
import { chooseModel } from "@/lib/shared/model-list";
import { DEFAULT_IMAGE_MODEL } from "@/lib/shared/models/fallback-ids";
import { hasToken } from "@/lib/shared/schemas/token";

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
  return (
    <>
      <PageBar title={t("title")} />
      <Studio
        initial={images}
        list={list}
        model={chooseModel(list, DEFAULT_IMAGE_MODEL)}
        hasToken={hasToken(token)}
      />
    </>
  );
}
