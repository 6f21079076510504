import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ToastProvider } from "../ui/toast";
import { CapNotice } from "./cap-notice";
import { Rail, TabBar } from "./navigation";

/** The frame of all pages behind sign-in: rail or tab bar around the page. */
export function Workbench({
  name,
  isAdministrator,
  children,
}: {
  name: string;
  isAdministrator: boolean;
  children: ReactNode;
}) {
  const t = useTranslations("nav");
  return (
    <ToastProvider>
      <a
        href="#content"
        className="absolute top-2 left-2 z-30 -translate-y-20 rounded-4 bg-solid px-3 py-2 text-on-solid focus:translate-y-0"
      >
        {t("skip")}
      </a>
      <div className="flex min-h-0 flex-1 max-sm:flex-col">
        <Rail name={name} isAdministrator={isAdministrator} />
        <div id="content" className="flex min-h-0 min-w-0 flex-1 flex-col">
          <CapNotice />
          {children}
        </div>
        <TabBar />
      </div>
    </ToastProvider>
  );
}
