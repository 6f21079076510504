"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { z } from "zod";
import { chatSettingsSchema } from "@/lib/shared/schemas/chat";

const writtenSchema = z.object({
  /** The idempotency key of every try to send it. */
  key: z.string(),
  text: z.string(),
  uploads: z.array(z.string()),
  pictureUrls: z.array(z.string()),
});
/** A question that was sent, but that the server has not taken yet. */
export type Written = z.infer<typeof writtenSchema>;

const draftSchema = z.object({
  text: z.string(),
  unsent: z.array(writtenSchema),
  /** What the next question is asked with, where that was changed. */
  model: z.string().optional(),
  settings: chatSettingsSchema.optional(),
});
export type Draft = z.infer<typeof draftSchema>;
export type ChangeDraft = (change: (draft: Draft) => Partial<Draft>) => void;

const NOTHING: Draft = { text: "", unsent: [] };

const keyOf = (place: string | null) => `msp:draft:${place ?? "new"}`;

function read(key: string): Draft {
  try {
    return draftSchema.safeParse(JSON.parse(localStorage.getItem(key) ?? "")).data ?? NOTHING;
  } catch {
    return NOTHING; // nothing is kept, or storage is switched off
  }
}

/** What is no number yet is no setting either. */
const withoutNaN = (_key: string, value: unknown) => (Number.isNaN(value) ? undefined : value);

function write(key: string, draft: Draft): void {
  const { text, unsent, model, settings } = draft;
  const isEmpty = text === "" && unsent.length === 0 && !model && !settings;
  try {
    if (isEmpty) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(draft, withoutNaN));
  } catch {
    // storage is switched off or full: the draft is still in the page
  }
}

/**
 * What is being written at a place, kept in this browser until the server has it. `onKept` gets what
 * an earlier visit left. A draft goes along when its conversation gets an id.
 */
export function useDraft(place: string | null, onKept?: (kept: Draft) => void) {
  const [draft, setDraft] = useState(NOTHING);
  const latest = useRef(draft);
  const kept = useRef(onKept);
  const lastKey = useRef<string | null>(null);
  const key = keyOf(place);
  const set = useCallback((next: Draft) => {
    latest.current = next;
    setDraft(next);
  }, []);
  useEffect(() => {
    const before = lastKey.current;
    lastKey.current = key;
    if (before === null) {
      const found = read(key);
      set(found);
      if (found !== NOTHING) kept.current?.(found);
    } else if (before !== key) {
      write(before, NOTHING);
      write(key, latest.current);
    }
  }, [key, set]);
  const change: ChangeDraft = useCallback(
    (toPart) => {
      set({ ...latest.current, ...toPart(latest.current) });
      write(lastKey.current ?? key, latest.current);
    },
    [key, set],
  );
  return [draft, change] as const;
}
