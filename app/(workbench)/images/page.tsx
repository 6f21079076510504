import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { Studio } from "@/components/images/studio";
import { UsualTimes } from "@/components/images/usual-times";
import { requirePageActor } from "@/lib/server/auth/page-actor";
import { getApiOrigin } from "@/lib/server/services/deployment";
import { findOwnRecipe, findSharedRecipe } from "@/lib/server/services/image-recipe";
import {
  countGallery,
  findUsedLoras,
  findUsualTimes,
  listImages,
} from "@/lib/server/services/images";
import { listModels } from "@/lib/server/services/models";
import { getTokenStatus } from "@/lib/server/services/token";
import type { Actor } from "@/lib/shared/actor";
import { idSchema } from "@/lib/shared/ids";
import { chooseCheapest, chooseModel, findPrice, ofKind } from "@/lib/shared/model-list";
import { DEFAULT_IMAGE_MODEL } from "@/lib/shared/models/fallback-ids";
import { sharePassSchema } from "@/lib/shared/schemas/share";
import { hasToken } from "@/lib/shared/schemas/token";

export async function generateMetadata() {
  const t = await getTranslations("image");
  return { title: t("title") };
}

/**
 * Whose values the form begins with: a shared picture's, named by its link and by the view that was used
 * up where that is counted, or those of one of the user's own.
 */
const querySchema = z.object({
  from: z.string().optional(),
  pass: sharePassSchema.optional(),
  like: idSchema.optional(),
});

type Props = { searchParams: Promise<Record<string, unknown>> };

/** `isGone`: an address led here behind which there is nothing any more. */
async function findRecipe(actor: Actor, searchParams: Props["searchParams"]) {
  const { from, pass, like } = querySchema.safeParse(await searchParams).data ?? {};
  if (from === undefined && like === undefined) return { recipe: null, isGone: false };
  const recipe =
    from === undefined
      ? await findOwnRecipe(actor, like ?? "")
      : await findSharedRecipe({ slug: from, pass });
  return { recipe, isGone: recipe === null };
}

export default async function ImagesPage({ searchParams }: Props) {
  const actor = await requirePageActor();
  const [list, counts, models, loras, token, origin, { recipe, isGone }, usual] = await Promise.all(
    [
      listImages(actor, {}),
      countGallery(actor),
      listModels(actor),
      findUsedLoras(actor),
      getTokenStatus(actor),
      getApiOrigin(actor),
      findRecipe(actor, searchParams),
      findUsualTimes(actor),
    ],
  );
  const [image, edit, chat] = [
    ofKind(models, "image"),
    ofKind(models, "edit"),
    ofKind(models, "chat"),
  ];
  return (
    <UsualTimes seconds={usual}>
      <Studio
        initial={{ list, counts, owner: actor.userId }}
        lists={{ image, edit }}
        model={chooseModel(image, DEFAULT_IMAGE_MODEL)}
        hasToken={hasToken(token)}
        helpPrice={findPrice(chat, chooseCheapest(chat))}
        loras={loras}
        origin={origin}
        recipe={recipe}
        isRecipeGone={isGone}
      />
    </UsualTimes>
  );
}
