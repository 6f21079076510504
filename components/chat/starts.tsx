"use client";

import { Code, Languages, ScanText } from "lucide-react";
import { useTranslations } from "next-intl";

const STARTS = [
  { key: "explain", Icon: ScanText },
  { key: "review", Icon: Code },
  { key: "translate", Icon: Languages },
] as const;

/** What an empty conversation offers: a few beginnings to pick and change. */
export function Starts({ onPick }: { onPick: (text: string) => void }) {
  const t = useTranslations("chat.empty");
  return (
    <div className="sm:pl-14">
      <h2 className="mb-1 text-24">{t("title")}</h2>
      <p className="mb-4 text-muted">{t("hint")}</p>
      <ul className="rounded-6 border border-hair">
        {STARTS.map(({ key, Icon }) => (
          <li key={key} className="border-t border-hair first:border-t-0">
            <button
              type="button"
              onClick={() => onPick(t(`${key}.prompt`))}
              className="flex w-full items-center gap-3.5 px-4 py-2.5 text-left hover:bg-hover"
            >
              <Icon size={16} strokeWidth={1.75} aria-hidden className="shrink-0 text-muted" />
              <span className="w-40 shrink-0 font-medium text-ink max-sm:w-auto">
                {t(`${key}.title`)}
              </span>
              <span className="truncate text-muted max-sm:hidden">{t(`${key}.prompt`)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
