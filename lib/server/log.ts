import "server-only";
import pino from "pino";
import { getSettings } from "./env";

const store = globalThis as unknown as { __mspLog?: pino.Logger };

/**
 * The log: one JSON object a line on stdout. Callers pass ids, codes and durations; never a prompt,
 * an answer, a header, a token or an upstream error object.
 */
function getLog(): pino.Logger {
  store.__mspLog ??= pino({
    level: getSettings().LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
  });
  return store.__mspLog;
}

type Fields = Record<string, string | number | boolean | null | undefined>;

export function logInfo(event: string, fields: Fields = {}): void {
  getLog().info(fields, event);
}

export function logWarning(event: string, fields: Fields = {}): void {
  getLog().warn(fields, event);
}

/** Logs an unexpected fault by class, message of our own code and stack position; no payloads. */
export function logFault(event: string, error: unknown, fields: Fields = {}): void {
  getLog().error({ ...fields, ...toFaultFields(error) }, event);
}

/** Error class and where it was thrown. The message is left out: drivers and SDKs put input there. */
function toFaultFields(error: unknown): Fields {
  if (!(error instanceof Error)) return { fault: typeof error };
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  const frames = error.stack?.split("\n").filter((line) => line.startsWith("    at "));
  return {
    fault: error.name,
    faultCode: code,
    at: frames?.slice(0, 6).join(" < ").replaceAll("    at ", ""),
  };
}
