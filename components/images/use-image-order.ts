"use client";

import { useState } from "react";
import { type ApiError, asApiError } from "@/lib/client/api";
import type { ImageParameters } from "@/lib/shared/image-params";
import { imageLimitsOf, kindsOf } from "@/lib/shared/models/families";
import type { CreateImageBody } from "@/lib/shared/schemas/image";
import { useAttachments } from "../common/use-attachments";
import { useClickKey } from "./use-click-key";

export type ImageDraft = {
  model: string;
  prompt: string;
  parameters: ImageParameters;
  /** Pictures of one click. */
  count: number;
  /** One seed for all of them, instead of one more each. */
  lockSeed: boolean;
};
export type ImageOrder = ReturnType<typeof useImageOrder>;

export const isEditModel = (model: string) => kindsOf(model).includes("edit");

/** What the form holds, and its way to the server: one key a click, kept while that click is repeated. */
export function useImageOrder(
  initial: ImageDraft,
  create: (body: CreateImageBody, idempotencyKey: string) => Promise<void>,
) {
  const [draft, setDraft] = useState(initial);
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
    ...parameters,
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
    inputs,
    takesInputs,
    /** What would be sent to our server. */
    body,
    isSending,
    fault,
    submit,
  };
}
