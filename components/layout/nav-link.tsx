"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cn } from "@/lib/shared/cn";

type NavLinkProps = { href: string; icon: ReactNode; label: string; variant: "rail" | "tab" };

/** An entry of the rail or of the phone's tab bar; the signal edge marks the page in view. */
export function NavLink({ href, icon, label, variant }: NavLinkProps) {
  const path = usePathname();
  const isOn = path === href || path.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      aria-current={isOn ? "page" : undefined}
      className={cn(
        "relative grid justify-items-center text-12 leading-4 [:lang(en)_&]:text-11",
        variant === "rail" ? "gap-[3px] pt-2 pb-[7px]" : "gap-0.5 pt-[7px] pb-[5px]",
        isOn ? "font-semibold text-ink" : "text-muted hover:text-ink",
      )}
    >
      {isOn && (
        <span
          className={cn(
            "absolute bg-signal",
            variant === "rail"
              ? "top-2 bottom-2 left-0 w-0.5"
              : "-top-px right-[28%] left-[28%] h-0.5",
          )}
        />
      )}
      {icon}
      {label}
    </Link>
  );
}
