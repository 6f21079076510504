"use client";

import { useTranslations } from "next-intl";
import { toFields } from "@/lib/shared/field-faults";
import { loraIdSchema } from "@/lib/shared/loras";
import { findImageFaults, findModelFault } from "@/lib/shared/models/families";
import { createImageBodySchema } from "@/lib/shared/schemas/image";
import { useFaultTexts } from "../common/use-fault-texts";
import type { ImageOrder } from "./use-image-order";

const isBadLora = (typed: string) =>
  typed.trim() !== "" && !loraIdSchema.safeParse(typed.trim()).success;

/** What is wrong with an order, by field, before anything is sent; with what the server said. */
export function useOrderFaults(order: ImageOrder) {
  const { draft, body, inputs, takesInputs, typedLora, fault } = order;
  const t = useTranslations("image");
  const { model, prompt, parameters } = draft;
  // An empty prompt is told in its own way, and only after a try.
  const parsed = createImageBodySchema.safeParse({ ...body, prompt: prompt.trim() || "-" });
  const modelFault = findModelFault(model, takesInputs ? Math.max(1, inputs.items.length) : 0);
  const texts = useFaultTexts({
    ...findImageFaults(model, parameters),
    ...(!parsed.success && toFields(parsed.error)),
    ...(modelFault && { model: modelFault }),
    ...(isBadLora(typedLora) && { loras: { key: "loraId" } }),
  });
  const all: Record<string, string> = { ...fault?.fields, ...texts };
  const first = Object.values(texts)[0] ?? inputFault();
  return { all, first };

  function inputFault(): string | null {
    if (!takesInputs) return null;
    if (inputs.isEmpty) return t("inputsMissing");
    if (inputs.fault) return t("inputsFault");
    return inputs.isBusy ? t("inputsBusy") : null;
  }
}
