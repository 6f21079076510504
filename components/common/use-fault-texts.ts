"use client";

import { useTranslations } from "next-intl";
import type { FieldFault } from "@/lib/shared/errors";

/** What is wrong with each field, in the reader's language. */
export function useFaultTexts(faults: Record<string, FieldFault>): Record<string, string> {
  const t = useTranslations("validation");
  return Object.fromEntries(
    Object.entries(faults).map(([field, { key, values }]) => [
      field,
      t(key as "numberMax", values as { max: number }),
    ]),
  );
}
