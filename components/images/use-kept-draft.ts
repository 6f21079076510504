"use client";

import { useEffect, useState } from "react";
import { z } from "zod";
import { imageParamShape } from "@/lib/shared/image-params";

const KEY = "msp:image-draft";

const draftSchema = z.object({
  model: z.string().max(200),
  prompt: z.string().max(20_000),
  parameters: z.object(imageParamShape).catch({}),
  count: z.int().min(1).max(8),
  lockSeed: z.boolean(),
});
export type ImageDraft = z.infer<typeof draftSchema>;

function read(): ImageDraft | null {
  try {
    return draftSchema.safeParse(JSON.parse(localStorage.getItem(KEY) ?? "")).data ?? null;
  } catch {
    return null; // nothing is kept, or storage is switched off
  }
}

function write(draft: ImageDraft): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(draft));
  } catch {
    // storage is switched off or full: the draft is still in the page
  }
}

/** What the form holds, kept in this browser. Values that came with the page go before those of a visit. */
export function useKeptDraft(initial: ImageDraft, isGiven: boolean) {
  const [draft, setDraft] = useState(initial);
  const [isRead, setIsRead] = useState(isGiven);
  useEffect(() => {
    if (isRead) return write(draft);
    const kept = read();
    if (kept) setDraft(kept);
    setIsRead(true);
    return undefined;
  }, [draft, isRead]);
  return [draft, setDraft] as const;
}
