import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Choices } from "../common/choices";

const ADMIN_PAGES = ["usage", "limits", "audit"] as const;
type AdminPage = (typeof ADMIN_PAGES)[number];

/** The administrator's pages: which there are, and what an administrator cannot see. */
export function AdminFrame({ page, children }: { page: AdminPage; children: ReactNode }) {
  const t = useTranslations("admin");
  return (
    <main className="relative min-h-0 flex-1 overflow-y-auto p-6 max-sm:p-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Choices
          label={t("pages")}
          choices={ADMIN_PAGES.map((one) => ({
            href: `/admin/${one}`,
            text: t(`page.${one}`),
            isOn: one === page,
          }))}
        />
        <p className="text-13 text-muted">{t("privacy")}</p>
      </div>
      <div className="mt-4 grid grid-cols-[minmax(0,1fr)] gap-6">{children}</div>
    </main>
  );
}
