"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { type ApiError, asApiError, callApi } from "@/lib/client/api";
import { TOKEN_PAGE } from "@/lib/shared/modelscope-pages";
import { type TokenStatus, tokenStatusSchema } from "@/lib/shared/schemas/token";
import { ErrorNotice } from "../common/error-notice";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Segmented } from "../ui/segmented";
import { useHydrated } from "../ui/use-hydrated";

type TokenFormProps = {
  isSimulated: boolean;
  onStored: (status: TokenStatus) => void;
  /** Where a token may also be kept as it is. */
  onCancel?: () => void;
};

/** One field; what is typed goes to the server once and is forgotten here. */
export function TokenForm({ isSimulated, onStored, onCancel }: TokenFormProps) {
  const t = useTranslations("token");
  const isReady = useHydrated();
  const [token, setToken] = useState("");
  const [site, setSite] = useState<"cn" | "ai">("cn");
  const [fault, setFault] = useState<ApiError | null>(null);
  const [isSending, setIsSending] = useState(false);

  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    setIsSending(true);
    setFault(null);
    try {
      const status = await callApi(tokenStatusSchema, "/api/token", {
        method: "PUT",
        body: { token, site },
      });
      setToken("");
      onStored(status);
    } catch (error) {
      setFault(asApiError(error));
    } finally {
      setIsSending(false);
    }
  };

  return (
    <form
      onSubmit={onSubmit}
      onKeyDown={(event) => event.key === "Escape" && !isSending && onCancel?.()}
      className="grid gap-3"
    >
      <Field
        id="token"
        label={t("field")}
        fault={fault?.fields.token}
        hint={
          isSimulated ? (
            <>
              {t("simulated")} <code className="mono">ms-00000000-0000-4000-8000-000000000001</code>{" "}
              {t("simulatedMore")}
            </>
          ) : (
            <>
              {t("where")}{" "}
              <a
                href={TOKEN_PAGE[site]}
                target="_blank"
                rel="noreferrer"
                className="text-signal underline underline-offset-3"
              >
                {TOKEN_PAGE[site].replace("https://", "")}
              </a>
            </>
          )
        }
      >
        <Input
          id="token"
          type="password"
          autoComplete="off"
          spellCheck={false}
          autoFocus={onCancel !== undefined}
          aria-describedby="token-note"
          hasFault={fault?.fields.token !== undefined}
          value={token}
          onChange={(event) => setToken(event.target.value)}
        />
      </Field>
      {fault && !fault.fields.token && <ErrorNotice code={fault.code} id={fault.id} />}
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label={t("site")}
          name="site"
          value={site}
          options={[
            { value: "cn", label: "modelscope.cn" },
            { value: "ai", label: "modelscope.ai" },
          ]}
          onChange={setSite}
        />
        <span className="ml-auto flex gap-2">
          {onCancel && (
            <Button disabled={isSending} onClick={onCancel}>
              {t("cancel")}
            </Button>
          )}
          <Button
            type="submit"
            tone="solid"
            disabled={!isReady || isSending || token.trim() === ""}
          >
            {t("store")}
          </Button>
        </span>
      </div>
    </form>
  );
}
