"use client";

import { useTranslations } from "next-intl";
import { ErrorNotice } from "@/components/common/error-notice";
import { Button } from "@/components/ui/button";

export default function ErrorPage({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  const t = useTranslations("common");
  return (
    <main className="mx-auto w-full max-w-xl px-5 py-16">
      <ErrorNotice
        code="internal"
        id={error.digest ?? null}
        actions={<Button onClick={retry}>{t("retry")}</Button>}
      />
    </main>
  );
}
