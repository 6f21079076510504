"use client";

import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { SampleLanguage } from "@/lib/shared/samples/literals";
import { Segmented } from "../ui/segmented";
import { CodeSample } from "./code-sample";

const LANGUAGES: readonly { value: SampleLanguage; label: string }[] = [
  { value: "curl", label: "curl" },
  { value: "python", label: "Python" },
  { value: "javascript", label: "JavaScript" },
];

type CodeTabsProps = {
  toCode: (language: SampleLanguage) => string;
  /** At the end of the row of languages. */
  children?: ReactNode;
};

/** One call in three languages; the token is an environment variable in each. */
export function CodeTabs({ toCode, children }: CodeTabsProps) {
  const t = useTranslations("code");
  const [language, setLanguage] = useState<SampleLanguage>("python");
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label={t("language")}
          name="code-language"
          value={language}
          options={LANGUAGES}
          onChange={setLanguage}
        />
        {children}
      </div>
      <div className="max-h-[60dvh] overflow-y-auto">
        <CodeSample language={language} code={toCode(language)} />
      </div>
      <p className="flex items-center gap-1.5 text-12 text-muted">
        <KeyRound size={14} strokeWidth={1.75} aria-hidden className="shrink-0" />
        {t("token")}
      </p>
    </>
  );
}
