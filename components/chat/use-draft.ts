"use client";

import { useCallback, useEffect, useState } from "react";

const keyOf = (conversationId: string | null) => `msp:draft:${conversationId ?? "new"}`;

function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return ""; // storage is switched off
  }
}

function write(key: string, text: string): void {
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  } catch {
    // storage is switched off or full: the text is still in the box
  }
}

/** What is being written, kept in this browser until it is sent. */
export function useDraft(conversationId: string | null) {
  const [text, setText] = useState("");
  const key = keyOf(conversationId);
  useEffect(() => {
    const kept = read(key);
    if (kept) setText((now) => now || kept);
  }, [key]);
  const change = useCallback(
    (next: string) => {
      setText(next);
      write(key, next);
    },
    [key],
  );
  return [text, change] as const;
}
