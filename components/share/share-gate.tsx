import { Eye } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../ui/button";
import { PassFinder } from "./pass-keeper";

/** Before a counted view: a plain form, so that it works without scripts and nothing is used up unasked. */
export function ShareGate({ slug, viewsLeft }: { slug: string; viewsLeft: number }) {
  const t = useTranslations("share");
  return (
    <form
      method="post"
      action={`/s/${slug}/open`}
      className="mx-auto mt-[12dvh] grid max-w-sm justify-items-center gap-4 text-center"
    >
      <PassFinder />
      <Eye size={24} strokeWidth={1.75} aria-hidden className="text-muted" />
      <p className="text-ink">{t("gate", { count: viewsLeft })}</p>
      <p className="text-13 text-muted">{t("gateHint")}</p>
      <Button type="submit" tone="solid" size="main">
        {t("gateOpen")}
      </Button>
    </form>
  );
}
