import { ArrowLeft } from "lucide-react";
import Link from "next/link";

/** The way back from one thing to the list of all, before its title. */
export function BackLink({ href, label }: { href: string; label: string }) {
  return (
    <Link href={href} aria-label={label} title={label} className="text-muted hover:text-ink">
      <ArrowLeft size={16} strokeWidth={1.75} aria-hidden />
    </Link>
  );
}
