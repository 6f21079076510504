import { useLocale } from "next-intl";
import { cn } from "@/lib/shared/cn";
import { LOCALES } from "@/lib/shared/locales";
import { Logo } from "../layout/logo";

const NAMES = { "zh-CN": "中文", en: "English" } as const;

/** The bar of public pages. Languages are plain links: no cookie is set for visitors. */
export function PublicBar({ path, pass }: { path: string; pass?: string | undefined }) {
  const query = pass ? `&pass=${encodeURIComponent(pass)}` : "";
  const current = useLocale();
  return (
    <header className="flex h-(--bar) shrink-0 items-center gap-3 border-b border-hair px-5 text-ink">
      <Logo />
      <span className="font-semibold">ModelScope Playground</span>
      <span className="ml-auto inline-flex overflow-hidden rounded-4 border border-control bg-surface">
        {LOCALES.map((locale) => (
          <a
            key={locale}
            href={`${path}?lang=${locale}${query}`}
            hrefLang={locale}
            aria-current={locale === current ? "true" : undefined}
            className={cn(
              "inline-flex h-[26px] items-center border-l border-hair px-2.5 text-12 first:border-l-0 max-sm:h-10",
              locale === current
                ? "bg-solid font-medium text-on-solid"
                : "text-muted hover:bg-hover",
            )}
          >
            {NAMES[locale]}
          </a>
        ))}
      </span>
    </header>
  );
}
