"use client";

import { LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "../ui/button";
import { useSignOut } from "./use-sign-out";

/** The user's initial; opens a menu with the name and sign-out. */
export function AccountMenu({ name }: { name: string }) {
  const t = useTranslations("account");
  const id = useId();
  const signOut = useSignOut();
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={t("menu", { name })}
        className="grid size-7 place-items-center rounded-4 bg-hover text-12 font-semibold text-ink"
      >
        {[...name][0]?.toUpperCase()}
      </button>
      <div
        id={id}
        popover="auto"
        className="fixed inset-auto bottom-3 left-[calc(var(--rail)+8px)] m-0 min-w-44 rounded-6 border-0 bg-raised p-1 text-13 text-body shadow-1"
      >
        <p className="truncate px-2 py-1.5 font-semibold text-ink">{name}</p>
        <Button tone="quiet" className="w-full justify-start!" onClick={signOut}>
          <LogOut size={16} strokeWidth={1.75} aria-hidden />
          {t("signOut")}
        </Button>
      </div>
    </>
  );
}
