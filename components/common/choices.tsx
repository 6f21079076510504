import Link from "next/link";
import { cn } from "@/lib/shared/cn";

/** One of a few as links, so that the address says what is seen. */
export function Choices({
  label,
  choices,
}: {
  label: string;
  choices: { href: string; text: string; isOn: boolean }[];
}) {
  return (
    <nav
      aria-label={label}
      className="inline-flex max-w-full overflow-x-auto rounded-4 border border-control bg-surface"
    >
      {choices.map(({ href, text, isOn }) => (
        <Link
          key={href}
          href={href}
          scroll={false}
          prefetch={false}
          aria-current={isOn ? "true" : undefined}
          className={cn(
            "inline-flex h-[26px] shrink-0 items-center border-l border-hair px-2.5 text-12 whitespace-nowrap first:border-l-0 focus-visible:-outline-offset-2! max-sm:h-10 max-sm:px-2",
            isOn
              ? "bg-solid font-medium text-on-solid"
              : "text-muted hover:bg-hover hover:text-ink",
          )}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}
