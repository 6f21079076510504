"use client";

import { useState } from "react";
import { ApiError, callApi } from "@/lib/client/api";
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

/**
 * The token's check: asked for by hand, and once after a token was stored. A check may change what is
 * known of the token, which `onStatus` is then told.
 */
export function useDoctor(onStatus: (status: TokenStatus) => void) {
  const [report, setReport] = useState<TokenReport | null>(null);
  const [running, setRunning] = useState<"free" | "answer" | null>(null);
  const [fault, setFault] = useState<ApiError | null>(null);
  const [againAt, setAgainAt] = useState(0);
  const check = async (answer: boolean) => {
    setRunning(answer ? "answer" : "free");
    setFault(null);
    try {
      const body = answer ? { answer } : {};
      setReport(await callApi(tokenReportSchema, "/api/token/check", { method: "POST", body }));
      await callApi(tokenStatusSchema, "/api/token").then(onStatus, () => undefined);
    } catch (error) {
      const refusal = error instanceof ApiError ? error : new ApiError("internal", "");
      setFault(refusal);
      setAgainAt(Date.now() + (refusal.retryAfterSeconds ?? 0) * 1_000);
    } finally {
      setRunning(null);
    }
  };
  /** What was found of a token that is no longer stored says nothing. */
  const forget = () => {
    setReport(null);
    setFault(null);
  };
  const isChecking = (key: LightKey) =>
    running !== null && (key !== "answer" || running === "answer");
  const lights = report?.lights ?? UNTESTED;
  return { report, lights, running, isChecking, fault, againAt, check, forget };
}
export type Doctor = ReturnType<typeof useDoctor>;
