"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Theme } from "@/lib/shared/locales";
import { Segmented } from "../ui/segmented";
import { usePreferences } from "./use-preferences";

type Choice = Theme | "system";

/** System | light | dark. */
export function ThemeSwitch({ theme, isSignedIn }: { theme: Theme | null; isSignedIn: boolean }) {
  const t = useTranslations("theme");
  const [choice, setChoice] = useState<Choice>(theme ?? "system");
  const { setTheme } = usePreferences(isSignedIn);
  return (
    <Segmented
      label={t("label")}
      name="theme"
      value={choice}
      options={[
        { value: "system", label: t("system") },
        { value: "light", label: t("light") },
        { value: "dark", label: t("dark") },
      ]}
      onChange={(next) => {
        setChoice(next);
        setTheme(next === "system" ? null : next);
      }}
    />
  );
}
