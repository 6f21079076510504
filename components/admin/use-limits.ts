"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ApiError, sendApi } from "@/lib/client/api";
import { type LimitsBody, limitsBodySchema, readLimit } from "@/lib/shared/schemas/limits";
import { announceCall } from "../layout/use-credits";

/** Saves the limits of one scope, or takes them away, and shows the page anew; answers whether it could. */
export function useLimits(scope: string) {
  const t = useTranslations("admin");
  const router = useRouter();
  const [fault, setFault] = useState<string | null>(null);
  const [invalid, setInvalid] = useState<string[]>([]);
  const [isSaving, setIsSaving] = useState(false);
  const send = async (call: Parameters<typeof sendApi>[1]) => {
    setFault(null);
    setInvalid([]);
    setIsSaving(true);
    try {
      await sendApi(`/api/admin/limits/${scope}`, call);
      router.refresh();
      announceCall();
      return true;
    } catch (error) {
      setFault(error instanceof ApiError && error.message ? error.message : t("notSaved"));
      return false;
    } finally {
      setIsSaving(false);
    }
  };
  /** Only what was typed: somebody else may have changed the others. */
  const save = async (typed: Partial<Record<keyof LimitsBody, string>>) => {
    const limits = Object.entries(typed).map(([measure, text]) => [measure, readLimit(text)]);
    const body = limitsBodySchema.safeParse(Object.fromEntries(limits));
    if (!body.success) {
      setFault(t("limitFault"));
      setInvalid(body.error.issues.map(({ path }) => String(path[0])));
      return false;
    }
    return send({ method: "PUT", body: body.data });
  };
  return { fault, invalid, isSaving, save, remove: () => send({ method: "DELETE" }) };
}
