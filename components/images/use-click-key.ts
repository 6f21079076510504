"use client";

import { useRef } from "react";
import { asApiError } from "@/lib/client/api";

/** Answers that leave open whether the order was written; every other code is a refusal before that. */
const OPEN_CODES: readonly string[] = [
  "offline",
  "internal",
  "database_down",
  "storage_down",
  "request_timeout",
];

/** The message that says what a failed click cost. */
export const toCostKey = (code: string) =>
  OPEN_CODES.includes(code) ? "maybeTaken" : "notCharged";

/**
 * Sends a click under one idempotency key. Where it may have been taken though its answer was lost, the
 * same body goes out under the same key and is not paid twice. Throws `ApiError`.
 */
export function useClickKey() {
  const unanswered = useRef<{ body: string; key: string } | null>(null);
  return async function click<Answer>(
    body: object,
    send: (idempotencyKey: string) => Promise<Answer>,
  ): Promise<Answer> {
    const text = JSON.stringify(body);
    const key = unanswered.current?.body === text ? unanswered.current.key : crypto.randomUUID();
    unanswered.current = { body: text, key };
    try {
      const answer = await send(key);
      unanswered.current = null;
      return answer;
    } catch (error) {
      const known = asApiError(error);
      if (!OPEN_CODES.includes(known.code)) unanswered.current = null;
      throw known;
    }
  };
}
