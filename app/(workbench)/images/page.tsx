import { getTranslations } from "next-intl/server";
import { Studio } from "@/components/images/studio";
import { requirePageActor } from "@/lib/server/auth/page-actor";
import { getApiOrigin } from "@/lib/server/services/deployment";
import { countGallery, findUsedLoras, listImages } from "@/lib/server/services/images";
import { listModels } from "@/lib/server/services/models";
import { findHelper } from "@/lib/server/services/prompt-help";
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
  const [list, counts, image, edit, helper, loras, token, origin] = await Promise.all([
    listImages(actor, {}),
    countGallery(actor),
    listModels(actor, { kind: "image" }),
    listModels(actor, { kind: "edit" }),
    findHelper(actor),
    findUsedLoras(actor),
    getTokenStatus(actor),
    getApiOrigin(actor),
  ]);
  return (
    <Studio
      initial={{ list, counts }}
      lists={{ image, edit }}
      model={chooseModel(image, DEFAULT_IMAGE_MODEL)}
      hasToken={hasToken(token)}
      helpPrice={helper.price}
      loras={loras}
      origin={origin}
    />
  );
}
