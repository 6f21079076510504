import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import type { MouseEventHandler } from "react";

type BackLinkProps = { href: string; label: string; onClick?: MouseEventHandler };

/** The way back from one thing to the list of all, before its title. */
export function BackLink({ href, label, onClick }: BackLinkProps) {
  return (
    <Link
      href={href}
      onClick={onClick}
      aria-label={label}
      title={label}
      className="text-muted hover:text-ink"
    >
      <ArrowLeft size={16} strokeWidth={1.75} aria-hidden />
    </Link>
  );
}
