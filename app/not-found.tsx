import Link from "next/link";
import { useTranslations } from "next-intl";
import { ErrorNotice } from "@/components/common/error-notice";
import { buttonClasses } from "@/components/ui/button";

export default function NotFoundPage() {
  const t = useTranslations("common");
  return (
    <main className="mx-auto w-full max-w-xl px-5 py-16">
      <ErrorNotice
        code="not_found"
        actions={
          <Link href="/" className={buttonClasses()}>
            {t("home")}
          </Link>
        }
      />
    </main>
  );
}
