import { Download } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { PublicShare } from "@/lib/shared/schemas/share";
import { Recipe } from "../common/recipe";
import { buttonClasses } from "../ui/button";
import { PlainImage } from "../ui/plain-image";

type SharedPictureProps = { slug: string; share: PublicShare };

/** What a visitor sees: the picture with its label, and the recipe where the owner shows it. */
export function SharedPicture({ slug, share }: SharedPictureProps) {
  const t = useTranslations("share");
  const format = useFormatter();
  const { width, height, recipe, expiresAt } = share;
  const file = `/s/${slug}/file`;
  return (
    <div
      className={
        recipe ? "grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_380px]" : "mx-auto max-w-4xl"
      }
    >
      <div>
        <figure className="relative mx-auto w-fit overflow-hidden rounded-6 bg-well">
          <PlainImage
            src={file}
            alt={recipe?.prompt ?? t("pictureAlt")}
            width={width}
            height={height}
            className="mx-auto block max-h-[75dvh] w-auto max-w-full"
          />
          <figcaption className="absolute bottom-2.5 left-2.5 rounded-4 bg-raised px-2 py-1 text-12 text-ink">
            {t("label")} · {width}×{height}
          </figcaption>
        </figure>
        <div className="mt-3 flex flex-wrap items-center gap-2">
          <a href={file} download className={buttonClasses("solid", "main")}>
            <Download size={16} strokeWidth={1.75} aria-hidden />
            {t("download")}
          </a>
          <span className="ml-auto text-13 text-muted">
            {expiresAt
              ? t("validUntilDate", {
                  date: `${format.dateTime(new Date(expiresAt), { dateStyle: "medium", timeStyle: "short" })} UTC+8`,
                })
              : t("noExpiry")}
          </span>
        </div>
      </div>
      {recipe && (
        <section aria-labelledby="recipe-title" className="rounded-6 border border-hair bg-surface">
          <h2 id="recipe-title" className="border-b border-hair px-4 py-3 text-14">
            {t("recipeTitle")}
          </h2>
          <Recipe recipe={recipe} />
        </section>
      )}
    </div>
  );
}
