import type { ReactNode } from "react";
import type { Theme } from "@/lib/shared/locales";
import { LanguageSwitch } from "./language-switch";
import { Logo } from "./logo";
import { ThemeSwitch } from "./theme-switch";

type FrontPageProps = {
  theme: Theme | null;
  children: ReactNode;
  aside: ReactNode;
  footer: ReactNode;
};

/** The frame of the pages before sign-in: a form at the left, an instrument at the right. */
export function FrontPage({ theme, children, aside, footer }: FrontPageProps) {
  return (
    <div className="grid flex-1 bg-surface md:grid-cols-2">
      <div className="grid grid-rows-[auto_1fr_auto] px-5 sm:px-8">
        <header className="flex flex-wrap items-center gap-x-3 gap-y-2 py-5 text-ink">
          <Logo />
          <span className="font-semibold">ModelScope Playground</span>
          <span className="ml-auto flex flex-wrap gap-2">
            <LanguageSwitch isSignedIn={false} />
            <ThemeSwitch theme={theme} isSignedIn={false} />
          </span>
        </header>
        <main id="content" className="grid place-items-center py-8">
          <div className="w-full max-w-[360px]">{children}</div>
        </main>
        <footer className="flex flex-wrap justify-between gap-2 py-6 text-12 text-muted">
          {footer}
        </footer>
      </div>
      <aside className="grid place-items-center border-l border-hair bg-well p-12 max-md:hidden">
        {aside}
      </aside>
    </div>
  );
}
