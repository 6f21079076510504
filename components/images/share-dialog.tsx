"use client";

import { ExternalLink } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import type { CreateShareBody, ShareState } from "@/lib/shared/schemas/share";
import { CopyButton } from "../common/copy-button";
import { ErrorNotice } from "../common/error-notice";
import { Button, buttonClasses } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Input } from "../ui/input";
import { Segmented } from "../ui/segmented";
import { Skeleton } from "../ui/skeleton";
import { SwitchRow } from "../ui/switch-row";
import { useShare } from "./use-share";

const EXPIRIES = ["1", "7", "30", "never"] as const;
type Expiry = (typeof EXPIRIES)[number];
const VIEWS = ["any", "1", "10", "100"] as const;
type Views = (typeof VIEWS)[number];

/** Makes, shows and revokes the public address of a picture. */
export function ShareDialog({ imageId, onClose }: { imageId: string; onClose: () => void }) {
  const t = useTranslations("share");
  const tCommon = useTranslations("common");
  const { state, fault, share, revoke } = useShare(imageId);
  return (
    <Dialog title={t("title")} closeLabel={tCommon("close")} onClose={onClose}>
      <div className="grid gap-4 px-5 pb-5">
        <p className="text-13">{t("promise")}</p>
        {fault && <ErrorNotice code={fault.code} id={fault.id} />}
        {!state && !fault && <Skeleton className="h-9" />}
        {state?.active && <LiveLink state={state} onRevoke={revoke} />}
        {state && !state.active && <NewLink onMake={share} />}
        <p className="text-12 text-muted">{t("labelled")}</p>
      </div>
    </Dialog>
  );
}

function NewLink({ onMake }: { onMake: (body: CreateShareBody) => void }) {
  const t = useTranslations("share");
  const [expiry, setExpiry] = useState<Expiry>("30");
  const [views, setViews] = useState<Views>("any");
  const [showPrompt, setShowPrompt] = useState(false);
  const [showParameters, setShowParameters] = useState(false);
  return (
    <>
      <Choice label={t("expiry")}>
        <Segmented
          isWide
          label={t("expiry")}
          name="share-expiry"
          value={expiry}
          options={EXPIRIES.map((value) => ({ value, label: t(`days.${value}`) }))}
          onChange={setExpiry}
        />
      </Choice>
      <Choice label={t("limit")}>
        <Segmented
          isWide
          label={t("limit")}
          name="share-views"
          value={views}
          options={VIEWS.map((value) => ({
            value,
            label: value === "any" ? t("limitNone") : t("viewCount", { count: Number(value) }),
          }))}
          onChange={setViews}
        />
        {views !== "any" && <p className="text-12 text-muted">{t("limitHint")}</p>}
      </Choice>
      <SwitchRow
        label={t("showPrompt")}
        hint={t("showPromptHint")}
        checked={showPrompt}
        onChange={setShowPrompt}
      />
      <SwitchRow
        label={t("showParameters")}
        hint={t("showParametersHint")}
        checked={showParameters}
        onChange={setShowParameters}
      />
      <Button
        tone="solid"
        size="main"
        onClick={() =>
          onMake({
            expiresInDays: expiry === "never" ? null : Number(expiry),
            maxViews: views === "any" ? null : Number(views),
            showPrompt,
            showParameters,
          })
        }
      >
        {t("make")}
      </Button>
    </>
  );
}

function Choice({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid gap-1.5">
      <span aria-hidden className="text-12 font-medium text-muted">
        {label}
      </span>
      {children}
    </div>
  );
}

/** The message that says which parts of the recipe a link shows. */
function toShownKey({ showPrompt, showParameters }: ShareState) {
  if (showPrompt && showParameters) return "shown.all";
  if (showPrompt) return "shown.prompt";
  return showParameters ? "shown.parameters" : "shown.nothing";
}

function LiveLink({ state, onRevoke }: { state: ShareState; onRevoke: () => void }) {
  const t = useTranslations("share");
  const format = useFormatter();
  return (
    <>
      <div className="flex items-center gap-2">
        <Input
          readOnly
          aria-label={t("address")}
          data-testid="share-url"
          value={state.url ?? t("unreadable")}
          onFocus={(event) => event.target.select()}
          className="font-mono text-12!"
        />
        {state.url && <CopyButton text={state.url} label={t("copyAddress")} />}
      </div>
      <dl className="grid grid-cols-2 divide-x divide-hair rounded-6 border border-hair">
        <div className="px-3.5 py-2.5">
          <dt className="text-12 text-muted">{t("validUntil")}</dt>
          <dd className="text-ink">
            {state.expiresAt
              ? format.dateTime(new Date(state.expiresAt), {
                  dateStyle: "medium",
                  timeStyle: "short",
                })
              : t("days.never")}
          </dd>
        </div>
        <div className="px-3.5 py-2.5">
          <dt className="text-12 text-muted">{t("views")}</dt>
          <dd className="text-ink">
            {state.maxViews === null
              ? t("viewCount", { count: state.viewCount })
              : t(state.viewCount < state.maxViews ? "viewsOf" : "usedUp", {
                  count: state.viewCount,
                  max: state.maxViews,
                })}
          </dd>
        </div>
      </dl>
      <p className="text-12 text-muted">{t(toShownKey(state))}</p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button tone="danger" onClick={onRevoke}>
          {t("revoke")}
        </Button>
        {state.url && (
          <a href={state.url} target="_blank" rel="noreferrer" className={buttonClasses()}>
            {t("open")}
            <ExternalLink size={14} strokeWidth={1.75} aria-hidden />
          </a>
        )}
      </div>
    </>
  );
}
