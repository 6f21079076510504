"use client";

import { useState } from "react";
import { type ApiError, asApiError } from "@/lib/client/api";
import type { ImageParameters } from "@/lib/shared/image-params";
import { evenOut, loraIdSchema } from "@/lib/shared/loras";
import { imageLimitsOf, kindsOf } from "@/lib/shared/models/families";
import type { CreateImageBody } from "@/lib/shared/schemas/image";
import { useAttachments } from "../common/use-attachments";
import { useClickKey } from "./use-click-key";
import { type ImageDraft, useKeptDraft } from "./use-kept-draft";

export type ImageOrder = ReturnType<typeof useImageOrder>;

export const isEditModel = (model: string) => kindsOf(model).includes("edit");

/** The parameters with a LoRA that is written and can be added. */
function withTyped(model: string, parameters: ImageParameters, typed: string): ImageParameters {
  const { loras = [] } = parameters;
  const id = typed.trim();
  const isNew = loraIdSchema.safeParse(id).success && loras.every((lora) => lora.id !== id);
  if (!isNew || loras.length >= imageLimitsOf(model).maxLoras) return parameters;
  return { ...parameters, loras: evenOut([...loras, { id, weight: 1 }]) };
}

/** What the form holds, and its way to the server: one key a click, kept while that click is repeated. */
export function useImageOrder(
  initial: ImageDraft,
  isGiven: boolean,
  create: (body: CreateImageBody, idempotencyKey: string) => Promise<void>,
) {
  const [draft, setDraft] = useKeptDraft(initial, isGiven);
  // A LoRA that stands in the box and was not added yet is meant all the same.
  const [typedLora, setTypedLora] = useState("");
  const [isSending, setIsSending] = useState(false);
  const [fault, setFault] = useState<ApiError | null>(null);
  const { maxInputs } = imageLimitsOf(draft.model);
  const takesInputs = isEditModel(draft.model) && maxInputs > 0;
  const inputs = useAttachments(takesInputs, maxInputs);
  const uploads = inputs.items.flatMap(({ uploadId }) => uploadId ?? []);
  const click = useClickKey();

  const { model, prompt, parameters, count, lockSeed } = draft;
  const body: CreateImageBody = {
    model,
    prompt,
    ...withTyped(model, parameters, typedLora),
    ...(takesInputs && uploads.length > 0 && { uploads }),
    ...(count > 1 && { count }),
    ...(count > 1 && lockSeed && { lockSeed }),
  };

  const submit = async () => {
    setIsSending(true);
    setFault(null);
    try {
      await click(body, (key) => create(body, key));
    } catch (error) {
      setFault(asApiError(error));
    } finally {
      setIsSending(false);
    }
  };

  return {
    draft,
    setDraft,
    change: (part: Partial<ImageDraft>) => setDraft((now) => ({ ...now, ...part })),
    typedLora,
    setTypedLora,
    inputs,
    takesInputs,
    /** What would be sent to our server. */
    body,
    isSending,
    fault,
    submit,
  };
}
