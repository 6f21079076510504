"use client";

import { useRef, useState } from "react";
import { type ApiError, asApiError } from "@/lib/client/api";
import type { ImageParameters } from "@/lib/shared/image-params";
import type { CreateImageBody } from "@/lib/shared/schemas/image";

export type ImageDraft = { model: string; prompt: string; parameters: ImageParameters };
export type ImageOrder = ReturnType<typeof useImageOrder>;

/** What the form holds, and its way to the server: one key a click, kept while that click is repeated. */
export function useImageOrder(
  initial: ImageDraft,
  create: (body: CreateImageBody, idempotencyKey: string) => Promise<void>,
) {
  const [draft, setDraft] = useState(initial);
  const [isSending, setIsSending] = useState(false);
  const [fault, setFault] = useState<ApiError | null>(null);
  // After an answer was lost, the same order goes out under the same key and is not paid twice.
  const unanswered = useRef<{ body: string; key: string } | null>(null);

  const submit = async () => {
    const { model, prompt, parameters } = draft;
    const body: CreateImageBody = { model, prompt, ...parameters };
    const text = JSON.stringify(body);
    const key = unanswered.current?.body === text ? unanswered.current.key : crypto.randomUUID();
    unanswered.current = { body: text, key };
    setIsSending(true);
    setFault(null);
    try {
      await create(body, key);
      unanswered.current = null;
    } catch (error) {
      const known = asApiError(error);
      if (known.code !== "offline") unanswered.current = null;
      setFault(known);
    } finally {
      setIsSending(false);
    }
  };

  return { draft, setDraft, isSending, fault, submit };
}
