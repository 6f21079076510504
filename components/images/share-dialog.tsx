"use client";

import { ExternalLink } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { ShareState } from "@/lib/shared/schemas/share";
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

/** Makes, shows and revokes the public address of a picture. */
export function ShareDialog({ imageId, onClose }: { imageId: string; onClose: () => void }) {
  const t = useTranslations("share");
  const tCommon = useTranslations("common");
  const { state, fault, share, revoke } = useShare(imageId);
  const [expiry, setExpiry] = useState<Expiry>("30");
  const [showPrompt, setShowPrompt] = useState(false);
  return (
    <Dialog title={t("title")} closeLabel={tCommon("close")} onClose={onClose}>
      <div className="grid gap-4 px-5 pb-5">
        <p className="text-13">{t("promise")}</p>
        {fault && <ErrorNotice code={fault.code} id={fault.id} />}
        {!state && !fault && <Skeleton className="h-9" />}
        {state?.active && <LiveLink state={state} onRevoke={revoke} />}
        {state && !state.active && (
          <>
            <div className="grid gap-1.5">
              <span className="text-12 font-medium text-muted">{t("expiry")}</span>
              <Segmented
                isWide
                label={t("expiry")}
                name="share-expiry"
                value={expiry}
                options={EXPIRIES.map((value) => ({ value, label: t(`days.${value}`) }))}
                onChange={setExpiry}
              />
            </div>
            <SwitchRow
              label={t("recipe")}
              hint={t("recipeHint")}
              checked={showPrompt}
              onChange={setShowPrompt}
            />
            <Button
              tone="solid"
              size="main"
              onClick={() =>
                share({ expiresInDays: expiry === "never" ? null : Number(expiry), showPrompt })
              }
            >
              {t("make")}
            </Button>
          </>
        )}
        <p className="text-12 text-muted">{t("labelled")}</p>
      </div>
    </Dialog>
  );
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
          <dd className="text-ink">{t("viewCount", { count: state.viewCount })}</dd>
        </div>
      </dl>
      <p className="text-12 text-muted">{t(state.showPrompt ? "recipeOn" : "recipeOff")}</p>
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
