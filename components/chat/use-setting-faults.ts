"use client";

import { toFields } from "@/lib/shared/field-faults";
import { type ChatSettings, chatSettingsSchema } from "@/lib/shared/schemas/chat";
import { useFaultTexts } from "../common/use-fault-texts";

/** What of the settings would be refused, by field, in the reader's language. */
export function useSettingFaults(settings: ChatSettings): Record<string, string> {
  const parsed = chatSettingsSchema.safeParse(settings);
  return useFaultTexts(parsed.success ? {} : toFields(parsed.error));
}
