"use client";

import { useEffect, useRef } from "react";

/** Tabs of this browser tell each other here which conversation changed. */
export const CONVERSATIONS_CHANNEL = "msp-conversations";
const APART_MS = 3_000;

/** Tells the other tabs of this browser that a conversation changed. */
export function announceToTabs(conversationId: string): void {
  const channel = new BroadcastChannel(CONVERSATIONS_CHANNEL);
  channel.postMessage(conversationId);
  channel.close();
}

/**
 * Calls `onChange` when another tab changed this conversation, and when the page comes back into view:
 * another device may have.
 */
export function useOutsideChanges(conversationId: string | null, onChange: () => void): void {
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => {
    if (!conversationId) return undefined;
    let lastMs = performance.now();
    const channel = new BroadcastChannel(CONVERSATIONS_CHANNEL);
    channel.onmessage = ({ data }) => {
      if (data === conversationId) latest.current();
    };
    const onView = () => {
      if (document.hidden || performance.now() - lastMs < APART_MS) return;
      lastMs = performance.now();
      latest.current();
    };
    document.addEventListener("visibilitychange", onView);
    window.addEventListener("focus", onView);
    return () => {
      channel.close();
      document.removeEventListener("visibilitychange", onView);
      window.removeEventListener("focus", onView);
    };
  }, [conversationId]);
}
