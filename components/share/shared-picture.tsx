import { Download, Play } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { writeForOthers } from "@/lib/shared/recipe/own-recipe";
import type { PublicShare } from "@/lib/shared/schemas/share";
import { CopyButton } from "../common/copy-button";
import { Recipe } from "../common/recipe";
import { buttonClasses } from "../ui/button";
import { PlainImage } from "../ui/plain-image";
import { PassKeeper } from "./pass-keeper";
import { ShareCode } from "./share-code";

type SharedPictureProps = {
  slug: string;
  /** How a link with a limit knows this view again. */
  pass: string | undefined;
  share: PublicShare;
  /** Where calls go. */
  apiOrigin: string;
};

/** What a visitor sees: the picture with its label, and of the recipe what the owner shows. */
export function SharedPicture({ slug, pass, share, apiOrigin }: SharedPictureProps) {
  const t = useTranslations("share");
  const { width, height, words, settings } = share;
  const query = pass ? `?pass=${encodeURIComponent(pass)}` : "";
  const file = `/s/${slug}/file${query}`;
  const hasRecipe = words !== null || settings !== null;
  return (
    <div
      className={
        hasRecipe
          ? "grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_380px]"
          : "mx-auto max-w-4xl"
      }
    >
      <PassKeeper pass={pass} />
      <div className="min-w-0">
        <figure className="relative mx-auto w-fit overflow-hidden rounded-6 bg-well">
          <PlainImage
            src={file}
            alt={words?.prompt ?? t("pictureAlt")}
            width={width}
            height={height}
            className="mx-auto block h-auto max-h-[75dvh] w-auto max-w-full"
          />
          <figcaption className="absolute bottom-2.5 left-2.5 rounded-4 bg-raised px-2 py-1 text-12 text-ink">
            {t("label")} · {width}×{height}
          </figcaption>
        </figure>
        <div className="mt-3 flex flex-wrap items-center gap-2 max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-10 max-sm:border-t max-sm:border-rule max-sm:bg-panel max-sm:px-4 max-sm:py-2">
          {hasRecipe && (
            <a href={toRunPath(slug, pass)} className={buttonClasses("solid", "main")}>
              <Play size={16} strokeWidth={1.75} aria-hidden />
              {t("run")}
            </a>
          )}
          <a
            href={file}
            download
            className={buttonClasses(hasRecipe ? "outlined" : "solid", "main")}
          >
            <Download size={16} strokeWidth={1.75} aria-hidden />
            {t("download")}
          </a>
          {hasRecipe && <CopyButton text={toText(share)} label={t("copyRecipe")} />}
        </div>
        <Validity expiresAt={share.expiresAt} />
      </div>
      {hasRecipe && (
        <section
          aria-labelledby="recipe-title"
          className="rounded-6 border border-hair bg-surface lg:row-span-2"
        >
          <h2 id="recipe-title" className="border-b border-hair px-4 py-3 text-14">
            {t("recipeTitle")}
          </h2>
          <Recipe words={words} settings={settings} createdAt={share.createdAt} />
          {settings && (
            <p className="border-t border-hair bg-well px-4 py-3 text-12 text-muted">{t("cost")}</p>
          )}
        </section>
      )}
      {settings && (
        <section aria-label={t("code")} className="grid min-w-0 gap-3">
          <ShareCode words={words} settings={settings} origin={apiOrigin} />
        </section>
      )}
    </div>
  );
}

/** Signing in, where it is needed, leads on to the same address. */
function toRunPath(slug: string, pass: string | undefined): string {
  const query = new URLSearchParams({ from: slug, ...(pass && { pass }) });
  return `/images?${query}`;
}

/** The recipe in the form that most tools read, without what the owner hides. */
const toText = ({ words, settings }: PublicShare) =>
  writeForOthers({
    ...(words && { prompt: words.prompt }),
    ...(settings && { model: settings.model }),
    parameters: {
      ...settings?.parameters,
      ...(words?.negativePrompt && { negativePrompt: words.negativePrompt }),
    },
    usedSeed: settings?.usedSeed ?? null,
  });

function Validity({ expiresAt }: { expiresAt: string | null }) {
  const t = useTranslations("share");
  const format = useFormatter();
  return (
    <p className="mt-3 text-13 text-muted">
      {expiresAt
        ? t("validUntilDate", {
            date: `${format.dateTime(new Date(expiresAt), { dateStyle: "medium", timeStyle: "short" })} UTC+8`,
          })
        : t("noExpiry")}
    </p>
  );
}
