import { getTranslations } from "next-intl/server";
import { Studio } from "@/components/images/studio";
import { requirePageActor } from "@/lib/server/auth/page-actor";
import { getApiOrigin } from "@/lib/server/services/deployment";
import { countGallery, findUsedLoras, listImages } from "@/lib/server/services/images";
import { listModels } from "@/lib/server/services/models";
import { getTokenStatus } from "@/lib/server/services/token";
import { chooseCheapest, chooseModel, findPrice, ofKind } from "@/lib/shared/model-list";
import { DEFAULT_IMAGE_MODEL } from "@/lib/shared/models/fallback-ids";
import { hasToken } from "@/lib/shared/schemas/token";

export async function generateMetadata() {
  const t = await getTranslations("image");
  return { title: t("title") };
}

export default async function ImagesPage() {
  const actor = await requirePageActor();
  const [list, counts, models, loras, token, origin] = await Promise.all([
    listImages(actor, {}),
    countGallery(actor),
    listModels(actor),
    findUsedLoras(actor),
    getTokenStatus(actor),
    getApiOrigin(actor),
  ]);
  const [image, edit, chat] = [
    ofKind(models, "image"),
    ofKind(models, "edit"),
    ofKind(models, "chat"),
  ];
  return (
    <Studio
      initial={{ list, counts }}
      lists={{ image, edit }}
      model={chooseModel(image, DEFAULT_IMAGE_MODEL)}
      hasToken={hasToken(token)}
      helpPrice={findPrice(chat, chooseCheapest(chat))}
      loras={loras}
      origin={origin}
    />
  );
}
