"use client";

import { useLocale, useTranslations } from "next-intl";
import { toLocale } from "@/lib/shared/locales";
import { Segmented } from "../ui/segmented";
import { usePreferences } from "./use-preferences";

/** 中文 | English. */
export function LanguageSwitch({ isSignedIn }: { isSignedIn: boolean }) {
  const t = useTranslations("common");
  const locale = toLocale(useLocale()) ?? "zh-CN";
  const { setLocale } = usePreferences(isSignedIn);
  return (
    <Segmented
      label={t("language")}
      name="language"
      value={locale}
      options={[
        { value: "zh-CN", label: "中文" },
        { value: "en", label: "English" },
      ]}
      onChange={setLocale}
    />
  );
}
