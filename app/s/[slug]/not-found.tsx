import { CircleSlash } from "lucide-react";
import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/common/empty-state";
import { PassFinder } from "@/components/share/pass-keeper";
import { PublicBar } from "@/components/share/public-bar";

/** One and the same page for revoked, expired and unknown links. */
export default function ShareGonePage() {
  const t = useTranslations("share");
  return (
    <>
      <PublicBar path="" />
      <PassFinder />
      <main>
        <EmptyState
          icon={<CircleSlash size={24} strokeWidth={1.75} aria-hidden />}
          text={t("gone")}
        />
      </main>
    </>
  );
}
