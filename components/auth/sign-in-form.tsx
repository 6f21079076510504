"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { type ApiError, asApiError } from "@/lib/client/api";
import { signIn } from "@/lib/client/sign-in";
import { ErrorNotice } from "../common/error-notice";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { useHydrated } from "../ui/use-hydrated";
import { PasswordInput } from "./password-input";

/** `goal`: the page of ours that comes next. */
export function SignInForm({ goal }: { goal: string }) {
  const t = useTranslations("auth");
  const isReady = useHydrated();
  const [fault, setFault] = useState<ApiError | null>(null);
  const [isSending, setIsSending] = useState(false);

  const onSubmit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setIsSending(true);
    setFault(null);
    try {
      await signIn(String(form.get("email")), String(form.get("password")));
      // A whole new page: nothing of an earlier session stays in memory.
      window.location.assign(goal);
    } catch (error) {
      setFault(asApiError(error));
      setIsSending(false);
    }
  };

  return (
    <form onSubmit={onSubmit} className="grid gap-4">
      <Field id="email" label={t("email")}>
        <Input id="email" name="email" type="email" autoComplete="username" required />
      </Field>
      <Field id="password" label={t("password")} hint={t("forgot")}>
        <PasswordInput
          id="password"
          name="password"
          autoComplete="current-password"
          aria-describedby="password-note"
          required
        />
      </Field>
      {fault && (
        <ErrorNotice
          code={fault.code}
          id={fault.id}
          {...(fault.retryAfterSeconds && {
            cost: t("wait", { minutes: Math.ceil(fault.retryAfterSeconds / 60) }),
          })}
        />
      )}
      <Button type="submit" tone="solid" size="main" disabled={!isReady || isSending}>
        {t("signIn")}
      </Button>
    </form>
  );
}
