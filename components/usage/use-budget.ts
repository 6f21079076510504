"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ApiError, sendApi } from "@/lib/client/api";
import { budgetBodySchema, readLimit } from "@/lib/shared/schemas/limits";
import { announceCall } from "../layout/use-credits";

/** Saves what one means to spend in a day; an empty box is no budget. Answers it as it is kept; null = not saved. */
export function useBudget() {
  const t = useTranslations("caps");
  const router = useRouter();
  const [fault, setFault] = useState<string | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const save = async (text: string) => {
    const credits = readLimit(text);
    const body = budgetBodySchema.safeParse({ credits });
    if (!body.success) {
      setFault(t("budgetFault"));
      return null;
    }
    setFault(null);
    setIsSaving(true);
    try {
      await sendApi("/api/me/budget", { method: "PUT", body: body.data });
      router.refresh();
      announceCall();
      return credits === null ? "" : String(credits);
    } catch (error) {
      setFault(error instanceof ApiError && error.message ? error.message : t("budgetFault"));
      return null;
    } finally {
      setIsSaving(false);
    }
  };
  return { fault, isSaving, save };
}
