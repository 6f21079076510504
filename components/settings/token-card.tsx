"use client";

import { KeyRound } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { sendApi } from "@/lib/client/api";
import { hasToken, type TokenStatus } from "@/lib/shared/schemas/token";
import { announceTokenChange } from "../layout/use-credits";
import { Button } from "../ui/button";
import { Light, type LightState } from "../ui/light";
import { Tag } from "../ui/tag";
import { TokenForm } from "./token-form";

const LIGHTS: Record<Exclude<TokenStatus["state"], "none">, LightState> = {
  valid: "done",
  unchecked: "untested",
  invalid: "failed",
  needs_reentry: "failed",
};

/** The stored token: what may be known of it, replace, remove; or the form for one. */
export function TokenCard({
  status,
  isSimulated,
  onChange,
}: {
  status: TokenStatus;
  isSimulated: boolean;
  onChange: (status: TokenStatus) => void;
}) {
  const t = useTranslations("token");
  const [isReplacing, setIsReplacing] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const replace = useRef<HTMLButtonElement>(null);
  const isMissing = !hasToken(status);
  const closeForm = () => {
    setIsReplacing(false);
    replace.current?.focus();
  };
  const onStored = (next: TokenStatus) => {
    flushSync(() => onChange(next)); // the button to focus may only now be there
    closeForm();
    announceTokenChange();
  };
  const remove = () =>
    sendApi("/api/token", { method: "DELETE" }).then(
      () => {
        setIsAsking(false);
        setIsReplacing(false);
        announceTokenChange();
        onChange({ ...status, state: "none", last4: null, accountName: null });
      },
      () => setIsAsking(false),
    );
  return (
    <section aria-labelledby="token-title">
      <header className="mb-3 flex flex-wrap items-baseline gap-3">
        <h2 id="token-title" className="flex-1 whitespace-nowrap text-18">
          {t("title")}
        </h2>
        <span className="text-12 text-muted">{t("private")}</span>
      </header>
      <div className="rounded-6 border border-hair bg-surface">
        {status.state !== "none" && (
          <>
            <div className="flex flex-wrap items-center gap-3 px-5 py-4">
              <KeyRound size={16} strokeWidth={1.75} aria-hidden className="text-muted" />
              <span className="mono text-ink" data-testid="token-last4">
                ••••••••-{status.last4}
              </span>
              {status.keyId && <Tag>{t("sealed", { key: status.keyId })}</Tag>}
              <span className="flex items-center gap-1.5 text-13" data-testid="token-state">
                <Light state={LIGHTS[status.state]} />
                {t(`state.${status.state}`)}
              </span>
              <span className="ml-auto flex gap-2">
                {!isMissing && (
                  <Button
                    ref={replace}
                    aria-expanded={isReplacing}
                    onClick={() => setIsReplacing(!isReplacing)}
                  >
                    {t("replace")}
                  </Button>
                )}
                <Button
                  tone="danger"
                  onClick={() => (isAsking ? void remove() : setIsAsking(true))}
                  onBlur={() => setIsAsking(false)}
                >
                  {t(isAsking ? "removeSure" : "remove")}
                </Button>
              </span>
            </div>
            <Facts status={status} />
          </>
        )}
        {(isMissing || isReplacing) && (
          <div className="border-t border-hair px-5 py-4 first:border-t-0">
            <TokenForm
              isSimulated={isSimulated}
              onStored={onStored}
              {...(isReplacing && { onCancel: closeForm })}
            />
          </div>
        )}
      </div>
    </section>
  );
}

function Facts({ status }: { status: TokenStatus }) {
  const t = useTranslations("token");
  const format = useFormatter();
  const date = (value: string | null) =>
    value ? format.dateTime(new Date(value), { dateStyle: "medium", timeStyle: "short" }) : "—";
  const facts = [
    { label: t("site"), value: `modelscope.${status.site ?? "cn"}` },
    { label: t("account"), value: status.accountName ?? "—" },
    { label: t("added"), value: date(status.createdAt) },
    { label: t("lastUsed"), value: date(status.lastUsedAt) },
  ];
  return (
    <dl className="grid grid-cols-4 divide-hair border-t border-hair max-sm:grid-cols-2 sm:divide-x">
      {facts.map(({ label, value }) => (
        <div key={label} className="min-w-0 px-5 py-3">
          <dt className="text-12 text-muted">{label}</dt>
          <dd className="text-13 break-words text-ink">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
