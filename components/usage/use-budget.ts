"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ApiError, sendApi } from "@/lib/client/api";
import { budgetBodySchema } from "@/lib/shared/schemas/limits";
import { announceCall } from "../layout/use-credits";

/** Saves what one means to spend in a day; an empty box is no budget. */
export function useBudget() {
  const t = useTranslations("caps");
  const router = useRouter();
  const [fault, setFault] = useState<string | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const save = async (text: string) => {
    const credits = text.trim() === "" ? null : Number(text.replace(",", "."));
    const body = budgetBodySchema.safeParse({ credits });
    if (!body.success) return setFault(t("budgetFault"));
    setFault(null);
    setIsSaving(true);
    try {
      await sendApi("/api/me/budget", { method: "PUT", body: body.data });
      router.refresh();
      announceCall();
    } catch (error) {
      setFault(error instanceof ApiError ? error.message : t("budgetFault"));
    } finally {
      setIsSaving(false);
    }
    return undefined;
  };
  return { fault, isSaving, save };
}
