"use client";

import { ChevronDown } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "@/lib/shared/cn";
import { useSeconds } from "../common/use-seconds";

type ReasoningProps = {
  text: string;
  isThinking: boolean;
  /** How long it took; null where it is not known, or not over. */
  thoughtMs: number | null;
};

/** What the model thought: open while it thinks, folded when the answer begins unless the reader touched it. */
export function Reasoning({ text, isThinking, thoughtMs }: ReasoningProps) {
  const t = useTranslations("chat");
  const format = useFormatter();
  const seconds = useSeconds();
  const [chosen, setChosen] = useState<boolean | null>(null);
  const isOpen = chosen ?? isThinking;
  const count = format.number([...text].length);
  const done =
    thoughtMs === null
      ? t("thought", { count })
      : t("thoughtFor", { count, time: seconds(thoughtMs) });
  return (
    <div className="mb-2.5 border-l border-dashed border-control pl-3.5">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setChosen(!isOpen)}
        className="flex items-center gap-1.5 text-12 font-medium text-muted hover:text-ink"
      >
        <ChevronDown
          size={14}
          strokeWidth={1.75}
          aria-hidden
          className={cn("transition-transform duration-(--fast)", !isOpen && "-rotate-90")}
        />
        {isThinking ? t("thinking") : done}
      </button>
      {isOpen && (
        <p className="mt-1 whitespace-pre-wrap text-13 leading-[22px] text-muted">{text}</p>
      )}
    </div>
  );
}
