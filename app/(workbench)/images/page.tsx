import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Studio } from "@/components/images/studio";
import { requirePageActor } from "@/lib/server/auth/page-actor";
import { getApiOrigin } from "@/lib/server/services/deployment";
import { countGallery, findUsedLoras, listImages } from "@/lib/server/services/images";
import { listModels } from "@/lib/server/services/models";
import { findSharedRecipe } from "@/lib/server/services/share-visit";
import { getTokenStatus } from "@/lib/server/services/token";
import { chooseCheapest, chooseModel, findPrice, ofKind } from "@/lib/shared/model-list";
import { DEFAULT_IMAGE_MODEL } from "@/lib/shared/models/fallback-ids";
import { sharePassSchema } from "@/lib/shared/schemas/share";
import { hasToken } from "@/lib/shared/schemas/token";

export async function generateMetadata() {
  const t = await getTranslations("image");
  return { title: t("title") };
}

/** A shared recipe is named by its link, and by the view that was used up where that is counted. */
const querySchema = z.object({ from: z.string(), pass: sharePassSchema.optional() });

type Props = { searchParams: Promise<Record<string, unknown>> };

async function readShared(searchParams: Props["searchParams"]) {
  const query = querySchema.safeParse(await searchParams).data;
  return query ? findSharedRecipe({ slug: query.from, pass: query.pass }) : null;
}

export default async function ImagesPage({ searchParams }: Props) {
  const actor = await requirePageActor();
  const [list, counts, models, loras, token, origin, shared] = await Promise.all([
    listImages(actor, {}),
    countGallery(actor),
    listModels(actor),
    findUsedLoras(actor),
    getTokenStatus(actor),
    getApiOrigin(actor),
    readShared(searchParams),
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
      shared={shared}
    />
  );
}
