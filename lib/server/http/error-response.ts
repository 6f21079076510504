import "server-only";
import { createTranslator } from "next-intl";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import type { Locale } from "@/lib/shared/locales";
import { loadMessages } from "../i18n/messages";
import { logFault, logInfo } from "../log";

/**
 * The answer for anything thrown: `{error:{code,message,id,retryAfterSeconds?,fields?}}` in the
 * caller's language. What is not typed is answered as `internal` and logged under the same id.
 */
export function toErrorResponse(error: unknown, locale: Locale): Response {
  const id = newId("error");
  const known = error instanceof AppError ? error : null;
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
