"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Cap } from "@/lib/shared/schemas/credits";
import { CapBar } from "../common/cap-bar";
import { Button } from "../ui/button";
import { useBudget } from "./use-budget";

/** Today's limits, of the team's and of one's own, with how far they are used. */
export function Caps({ caps }: { caps: readonly Cap[] }) {
  const t = useTranslations("caps");
  const own = caps.find(({ scope }) => scope === "self");
  const [text, setText] = useState(own ? String(own.limit) : "");
  const { fault, isSaving, save } = useBudget();
  return (
    <section
      className="flex flex-wrap items-start gap-x-8 gap-y-3 border-b border-hair px-5 py-4"
      aria-labelledby="caps-title"
    >
      <div className="min-w-40">
        <h2 id="caps-title" className="text-14">
          {t("title")}
        </h2>
        {caps.length === 0 && <p className="mt-1 text-13 text-muted">{t("none")}</p>}
      </div>
      {caps.map((cap) => (
        <CapBar key={`${cap.scope} ${cap.measure}`} cap={cap} />
      ))}
      <form
        className="ml-auto grid grid-cols-[auto_auto_auto] items-center gap-x-2 gap-y-1 text-13 max-sm:ml-0"
        onSubmit={(event) => {
          event.preventDefault();
          void save(text).then((kept) => kept !== null && setText(kept));
        }}
      >
        <label htmlFor="budget">{t("budget")}</label>
        <input
          id="budget"
          inputMode="decimal"
          value={text}
          placeholder={t("noBudget")}
          aria-invalid={fault !== null}
          aria-describedby="budget-note"
          onChange={(event) => setText(event.target.value)}
          className="h-8 w-24 rounded-4 border border-control bg-surface px-2 text-right font-mono text-13 text-ink max-sm:h-11 max-sm:text-[16px]"
        />
        <Button type="submit" size="compact" disabled={isSaving}>
          {t("save")}
        </Button>
        <p
          id="budget-note"
          className={fault ? "col-span-3 text-12 text-bad" : "col-span-3 text-12 text-muted"}
        >
          {fault ?? t("budgetNote")}
        </p>
      </form>
    </section>
  );
}
