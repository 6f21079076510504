"use client";

import { createContext, type ReactNode, useContext } from "react";
import { imageLimitsOf } from "@/lib/shared/models/families";

const Times = createContext<Record<string, number>>({});

type UsualTimesProps = {
  /** Seconds by model, of the user's own last pictures. */
  seconds: Record<string, number>;
  children: ReactNode;
};

/** Tells everything inside how long pictures took lately. */
export function UsualTimes({ seconds, children }: UsualTimesProps) {
  return <Times value={seconds}>{children}</Times>;
}

/** Seconds that a picture of a model usually takes: of the user's own, else of its family. */
export function useUsualSeconds(): (model: string) => number {
  const seconds = useContext(Times);
  return (model) => seconds[model] ?? imageLimitsOf(model).usualSeconds;
}
