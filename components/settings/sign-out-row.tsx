"use client";

import { LogOut } from "lucide-react";
import { useTranslations } from "next-intl";
import { useSignOut } from "../layout/use-sign-out";
import { Button } from "../ui/button";

/** Who is signed in, and the way out; on phones the only one. */
export function SignOutRow({ name, email }: { name: string; email: string }) {
  const t = useTranslations("account");
  const signOut = useSignOut();
  return (
    <section aria-labelledby="account-title">
      <h2 id="account-title" className="mb-2 text-18">
        {t("title")}
      </h2>
      <div className="flex flex-wrap items-center gap-3 py-3">
        <span className="flex-1">
          <span className="block text-ink">{name}</span>
          <span className="block text-12 text-muted">{email}</span>
        </span>
        <Button onClick={signOut}>
          <LogOut size={16} strokeWidth={1.75} aria-hidden />
          {t("signOut")}
        </Button>
      </div>
    </section>
  );
}
