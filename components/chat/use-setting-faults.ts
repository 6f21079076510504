"use client";

import { useTranslations } from "next-intl";
import { toFields } from "@/lib/shared/field-faults";
import { type ChatSettings, chatSettingsSchema } from "@/lib/shared/schemas/chat";

/** What of the settings would be refused, by field, in the reader's language. */
export function useSettingFaults(settings: ChatSettings): Record<string, string> {
  const t = useTranslations("validation");
  const parsed = chatSettingsSchema.safeParse(settings);
  if (parsed.success) return {};
  return Object.fromEntries(
    Object.entries(toFields(parsed.error)).map(([field, { key, values }]) => [
      field,
      t(key as "numberMax", values as { max: number }),
    ]),
  );
}
