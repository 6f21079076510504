"use client";

import { useEffect, useRef, useState } from "react";
import { type ApiError, asApiError, callApi } from "@/lib/client/api";
import { type TokenStatus, tokenStatusSchema } from "@/lib/shared/schemas/token";
import {
  LIGHTS,
  type LightKey,
  type TokenLight,
  type TokenReport,
  tokenReportSchema,
} from "@/lib/shared/schemas/token-check";

const UNTESTED: readonly TokenLight[] = LIGHTS.map((key) => ({
  key,
  state: "not_tested",
  reason: null,
  text: null,
  ms: null,
}));

type Outcome = { report: TokenReport; status: TokenStatus | null } | { refusal: ApiError };

/** One check, with what is known of the token after it. */
async function askDoctor(answer: boolean): Promise<Outcome> {
  try {
    const body = answer ? { answer } : {};
    const report = await callApi(tokenReportSchema, "/api/token/check", { method: "POST", body });
    const status = await callApi(tokenStatusSchema, "/api/token").catch(() => null);
    return { report, status };
  } catch (error) {
    return { refusal: asApiError(error) };
  }
}

/**
 * The token's check: asked for by hand, and once after a token was stored. A check may change what is
 * known of the token, which `onStatus` is then told.
 */
export function useDoctor(onStatus: (status: TokenStatus) => void) {
  const [report, setReport] = useState<TokenReport | null>(null);
  const [running, setRunning] = useState<"free" | "answer" | null>(null);
  const [fault, setFault] = useState<ApiError | null>(null);
  const [waitSeconds, setWaitSeconds] = useState(0);
  useEffect(() => {
    if (waitSeconds === 0) return undefined;
    const timer = setTimeout(() => setWaitSeconds(waitSeconds - 1), 1_000);
    return () => clearTimeout(timer);
  }, [waitSeconds]);
  /** Counts the tokens: what was found of one that is no longer stored says nothing. */
  const token = useRef(0);
  const last = useRef<Promise<void>>(Promise.resolve());

  const take = (outcome: Outcome) => {
    setRunning(null);
    if ("refusal" in outcome) {
      setFault(outcome.refusal);
      setWaitSeconds(outcome.refusal.retryAfterSeconds ?? 0);
      return;
    }
    setReport(outcome.report);
    if (outcome.status) onStatus(outcome.status);
  };
  const ask = async (answer: boolean, of: number) => {
    if (of !== token.current) return;
    const outcome = await askDoctor(answer);
    if (of === token.current) take(outcome);
  };
  /** One after the other: the server refuses two at once. */
  const check = (answer: boolean): Promise<void> => {
    setRunning(answer ? "answer" : "free");
    setFault(null);
    const of = token.current;
    last.current = last.current.then(() => ask(answer, of));
    return last.current;
  };
  const forget = () => {
    token.current += 1;
    setReport(null);
    setFault(null);
    setRunning(null);
  };
  const isChecking = (key: LightKey) =>
    running !== null && (key !== "answer" || running === "answer");
  const lights = report?.lights ?? UNTESTED;
  return { report, lights, running, isChecking, fault, waitSeconds, check, forget };
}
export type Doctor = ReturnType<typeof useDoctor>;
