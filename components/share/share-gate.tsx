import { Eye } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../ui/button";
import { PassFinder } from "./pass-keeper";

type ShareGateProps = {
  slug: string;
  viewsLeft: number;
  /** A pass stood in the address, and has run out. */
  wasTried: boolean;
};

/** Before a counted view: a plain form, so that it works without scripts and nothing is used up unasked. */
export function ShareGate({ slug, viewsLeft, wasTried }: ShareGateProps) {
  const t = useTranslations("share");
  return (
    <form
      method="post"
      action={`/s/${slug}/open`}
      className="mx-auto mt-[12dvh] grid max-w-sm justify-items-center gap-4 text-center"
    >
      <PassFinder slug={slug} wasTried={wasTried} />
      <Eye size={24} strokeWidth={1.75} aria-hidden className="text-muted" />
      <p className="text-ink">{t("gate", { count: viewsLeft })}</p>
      <p className="text-13 text-muted">{t("gateHint")}</p>
      <Button type="submit" tone="solid" size="main">
        {t("gateOpen")}
      </Button>
    </form>
  );
}
