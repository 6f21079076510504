"use client";

import { useState } from "react";
import type { z } from "zod";
import { type ApiError, asApiError, callApi } from "@/lib/client/api";
import { type PromptHelp, promptHelpSchema } from "@/lib/shared/schemas/prompt-help";
import { announceCall } from "../layout/use-credits";
import { announceLaneChange } from "../layout/use-lane";

/** Another prompt, asked for and not taken yet. */
export function usePromptHelp() {
  const [found, setFound] = useState<z.infer<typeof promptHelpSchema> | null>(null);
  const [fault, setFault] = useState<ApiError | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  return {
    found,
    fault,
    isBusy,
    forget: () => setFound(null),
    ask: async (kind: PromptHelp, prompt: string) => {
      setIsBusy(true);
      setFound(null);
      setFault(null);
      announceLaneChange();
      try {
        const call = { method: "POST", body: { kind, prompt } } as const;
        setFound(await callApi(promptHelpSchema, "/api/prompts/help", call));
      } catch (error) {
        setFault(asApiError(error));
      } finally {
        setIsBusy(false);
        announceCall();
        announceLaneChange();
      }
    },
  };
}
