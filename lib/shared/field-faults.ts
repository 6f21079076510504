import type { z } from "zod";
import type { FieldFault } from "./errors";

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
      return { key: /^(number|int)$/.test(issue.expected) ? "number" : "type" };
    default:
      return { key: "invalid" };
  }
}

const toSizeKey = (origin: string) =>
  origin === "string" ? "length" : origin === "array" ? "count" : "number";

/** The faults of a body, query or path by field; a key that is not allowed is its own field. */
export function toFields(error: z.ZodError): Record<string, FieldFault> {
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
