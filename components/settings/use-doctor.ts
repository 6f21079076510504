"use client";

import { useState } from "react";
import { ApiError, callApi } from "@/lib/client/api";
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

/** The token's check: asked for by hand, and once after a token was stored. */
export function useDoctor() {
  const [report, setReport] = useState<TokenReport | null>(null);
  const [running, setRunning] = useState<"free" | "answer" | null>(null);
  const [fault, setFault] = useState<ApiError | null>(null);
  const check = async (answer: boolean) => {
    setRunning(answer ? "answer" : "free");
    setFault(null);
    try {
      const body = answer ? { answer } : {};
      setReport(await callApi(tokenReportSchema, "/api/token/check", { method: "POST", body }));
    } catch (error) {
      setFault(error instanceof ApiError ? error : new ApiError("internal", ""));
    } finally {
      setRunning(null);
    }
  };
  const isChecking = (key: LightKey) =>
    running !== null && (key !== "answer" || running === "answer");
  return { report, lights: report?.lights ?? UNTESTED, running, isChecking, fault, check };
}
export type Doctor = ReturnType<typeof useDoctor>;
