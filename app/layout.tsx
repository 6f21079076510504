import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale } from "next-intl/server";
import type { ReactNode } from "react";
import { SimulatorBanner } from "@/components/layout/simulator-banner";
import { getDeployment } from "@/lib/server/services/deployment";
import { THEME_COOKIE, toTheme } from "@/lib/shared/locales";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "ModelScope Playground", template: "%s · ModelScope Playground" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { width: "device-width", initialScale: 1, viewportFit: "cover" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, jar] = await Promise.all([getLocale(), cookies()]);
  return (
    <html
      lang={locale}
      data-theme={toTheme(jar.get(THEME_COOKIE)?.value) ?? undefined}
      suppressHydrationWarning
    >
      <body className="flex h-dvh flex-col">
        <NextIntlClientProvider>
          {getDeployment().isSimulated && <SimulatorBanner />}
          <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">{children}</div>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
