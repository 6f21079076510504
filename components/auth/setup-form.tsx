"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { z } from "zod";
import { type ApiError, asApiError, callApi } from "@/lib/client/api";
import { signIn } from "@/lib/client/sign-in";
import { PASSWORD_MIN_LENGTH } from "@/lib/shared/schemas/setup";
import { ErrorNotice } from "../common/error-notice";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { useHydrated } from "../ui/use-hydrated";
import { PasswordInput } from "./password-input";

/** Makes the first administrator with the code that the server printed, and signs in. */
export function SetupForm() {
  const t = useTranslations("setup");
  const tAuth = useTranslations("auth");
  const isReady = useHydrated();
  const [fault, setFault] = useState<ApiError | null>(null);
  const [isSending, setIsSending] = useState(false);

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = (name: string) => String(form.get(name) ?? "");
    const body = {
      code: read("code"),
      name: read("name"),
      email: read("email"),
      password: read("password"),
    };
    setIsSending(true);
    setFault(null);
    try {
      await callApi(z.object({ id: z.string() }), "/api/setup", { method: "POST", body });
      await signIn(body.email, body.password);
      window.location.assign("/settings");
    } catch (error) {
      setFault(asApiError(error));
      setIsSending(false);
    }
  };

  const fields = fault?.fields ?? {};
  const hasFields = Object.keys(fields).length > 0;
  return (
    <form onSubmit={onSubmit} className="grid gap-4">
      <Field id="code" label={t("code")} hint={t("codeHint")} fault={fields.code}>
        <Input
          id="code"
          name="code"
          autoComplete="off"
          spellCheck={false}
          required
          className="font-mono"
          aria-describedby="code-note"
        />
      </Field>
      <Field id="name" label={t("name")} fault={fields.name}>
        <Input
          id="name"
          name="name"
          autoComplete="name"
          required
          maxLength={100}
          aria-describedby="name-note"
        />
      </Field>
      <Field id="email" label={tAuth("email")} fault={fields.email}>
        <Input
          id="email"
          name="email"
          type="email"
          autoComplete="username"
          required
          aria-describedby="email-note"
        />
      </Field>
      <Field
        id="password"
        label={tAuth("password")}
        hint={t("passwordHint", { min: PASSWORD_MIN_LENGTH })}
        fault={fields.password}
      >
        <PasswordInput
          id="password"
          name="password"
          autoComplete="new-password"
          required
          aria-describedby="password-note"
        />
      </Field>
      {fault && !hasFields && <ErrorNotice code={fault.code} id={fault.id} />}
      <Button type="submit" tone="solid" size="main" disabled={!isReady || isSending}>
        {t("create")}
      </Button>
    </form>
  );
}
