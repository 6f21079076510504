import "server-only";
import { createTranslator } from "next-intl";
import { z } from "zod";
import { AppError, type FieldFault } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import type { Locale } from "@/lib/shared/locales";
import { loadMessages } from "../i18n/messages";
import { logFault, logInfo } from "../log";

/** Zod's issue as a key below `validation`; our own schemas name theirs as `validation.<key>`. */
function toFieldFault(issue: z.core.$ZodIssue): FieldFault {
  if (issue.message.startsWith("validation.")) return { key: issue.message.slice(11) };
  switch (issue.code) {
    case "unrecognized_keys":
      return { key: "unknownKey" };
    case "too_small": {
      const isMissingText = issue.origin === "string" && Number(issue.minimum) === 1;
      if (isMissingText) return { key: "required" };
      return { key: `${toSizeKey(issue.origin)}Min`, values: { min: Number(issue.minimum) } };
    }
    case "too_big":
      return { key: `${toSizeKey(issue.origin)}Max`, values: { max: Number(issue.maximum) } };
    case "invalid_type":
      return { key: "type" };
    default:
      return { key: "invalid" };
  }
}

const toSizeKey = (origin: string) =>
  origin === "string" ? "length" : origin === "array" ? "count" : "number";

function toFields(error: z.ZodError): Record<string, FieldFault> {
  return Object.fromEntries(
    error.issues.flatMap((issue) => {
      const path = issue.path.map(String);
      if (issue.code === "unrecognized_keys") {
        return issue.keys.map((key) => [[...path, key].join("."), toFieldFault(issue)] as const);
      }
      return [[path.join(".") || "body", toFieldFault(issue)] as const];
    }),
  );
}

/** The typed error, or null for what nobody expected. */
function toAppError(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  if (error instanceof z.ZodError)
    return new AppError("invalid_request", { fields: toFields(error) });
  return null;
}

/**
 * The answer for anything thrown: `{error:{code,message,id,retryAfterSeconds?,fields?}}` in the
 * caller's language. What is not typed is answered as `internal` and logged under the same id.
 */
export function toErrorResponse(error: unknown, locale: Locale): Response {
  const id = newId("error");
  const known = toAppError(error);
  if (known) logInfo("refused", { code: known.code, id });
  else logFault("unexpected fault", error, { id });
  const appError = known ?? new AppError("internal");
  const t = createTranslator({ locale, messages: loadMessages(locale) });
  const { code, retryAfterSeconds, fields } = appError;
  const body = {
    code,
    message: t(`errors.${code}`),
    id,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(fields && {
      fields: Object.fromEntries(
        Object.entries(fields).map(([path, fault]) => [
          path,
          t(`validation.${fault.key}` as "validation.invalid", fault.values),
        ]),
      ),
    }),
  };
  return Response.json(
    { error: body },
    {
      status: appError.status,
      headers: {
        ...PRIVATE_HEADERS,
        ...(retryAfterSeconds !== undefined && { "retry-after": String(retryAfterSeconds) }),
      },
    },
  );
}

export const PRIVATE_HEADERS = { "cache-control": "private, no-store" } as const;
