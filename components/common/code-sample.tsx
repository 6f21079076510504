"use client";

import { WrapText } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { cn } from "@/lib/shared/cn";
import { IconButton } from "../ui/icon-button";
import { CopyButton } from "./copy-button";

type CodeSampleProps = {
  language: string;
  code: string;
  /** The same code in colours. */
  children?: ReactNode;
};

/** Code with its language, a wrap switch and a copy button. */
export function CodeSample({ language, code, children }: CodeSampleProps) {
  const t = useTranslations("chat");
  const [isWrapped, setIsWrapped] = useState(false);
  return (
    <div className="overflow-hidden rounded-6 border border-hair bg-well">
      <div className="flex h-[34px] items-center gap-1 border-b border-hair pr-1.5 pl-3.5 text-12 text-muted max-sm:h-11">
        <span className="mono mr-auto">{language}</span>
        <IconButton label={t("wrap")} isOn={isWrapped} onClick={() => setIsWrapped(!isWrapped)}>
          <WrapText size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
        <CopyButton text={code} label={t("copyCode")} />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard
        tabIndex={0}
        className={cn(
          "overflow-x-auto px-3.5 py-3 font-mono text-13 tracking-[-0.01em]",
          isWrapped && "whitespace-pre-wrap",
        )}
      >
        <code>{children ?? code}</code>
      </pre>
    </div>
  );
}
