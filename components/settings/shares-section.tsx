"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import type { ShareList } from "@/lib/shared/schemas/share";
import { CopyButton } from "../common/copy-button";
import { ErrorNotice } from "../common/error-notice";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { PlainImage } from "../ui/plain-image";
import { useShares } from "./use-shares";

/** Everything of the user's that somebody with a link can see, and the way to end it. */
export function SharesSection({ initial }: { initial: ShareList }) {
  const t = useTranslations("share");
  const tCommon = useTranslations("common");
  const { shares, fault, revoke, revokeAll } = useShares(initial.shares);
  const [isAsking, setIsAsking] = useState(false);
  return (
    <section aria-labelledby="shares-title" id="shares">
      <div className="mb-2 flex items-center gap-3">
        <h2 id="shares-title" className="text-18">
          {t("list")}
        </h2>
        {shares.length > 1 && (
          <Button tone="danger" className="ml-auto" onClick={() => setIsAsking(true)}>
            {t("revokeAll")}
          </Button>
        )}
      </div>
      <p className="text-13 text-muted">{t(shares.length > 0 ? "listHint" : "listEmpty")}</p>
      {fault && <ErrorNotice code={fault.code} id={fault.id} />}
      {shares.length > 0 && (
        <ul className="mt-3 divide-y divide-hair rounded-6 border border-hair">
          {shares.map((share) => (
            <ShareRow
              key={share.imageId}
              share={share}
              onRevoke={() => void revoke(share.imageId)}
            />
          ))}
        </ul>
      )}
      {isAsking && (
        <Dialog
          title={t("revokeAllSure", { count: shares.length })}
          closeLabel={tCommon("close")}
          onClose={() => setIsAsking(false)}
        >
          <div className="grid gap-4 px-5 pb-5">
            <p className="text-13">{t("revokeAllHint")}</p>
            <div className="flex justify-end">
              <Button
                tone="danger"
                onClick={() => {
                  setIsAsking(false);
                  void revokeAll();
                }}
              >
                {t("revokeAll")}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </section>
  );
}

type ShareRowProps = { share: ShareList["shares"][number]; onRevoke: () => void };

function ShareRow({ share, onRevoke }: ShareRowProps) {
  const t = useTranslations("share");
  const format = useFormatter();
  const { imageId, prompt, url, expiresAt, viewCount, maxViews } = share;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 p-2.5" data-testid="share-row">
      <PlainImage
        src={`/api/images/${imageId}/thumb`}
        alt=""
        className="size-12 shrink-0 rounded-4 bg-well object-cover"
      />
      <div className="min-w-0 flex-1 basis-48">
        <Link href={`/images/${imageId}`} className="block truncate text-13 text-ink">
          {prompt}
        </Link>
        <p className="text-12 text-muted">
          {t("views")}{" "}
          {maxViews === null
            ? t("viewCount", { count: viewCount })
            : t(viewCount < maxViews ? "viewsOf" : "usedUp", { count: viewCount, max: maxViews })}
          {" · "}
          {expiresAt
            ? t("validUntilDate", {
                date: format.dateTime(new Date(expiresAt), {
                  dateStyle: "medium",
                  timeStyle: "short",
                }),
              })
            : t("noExpiry")}
        </p>
      </div>
      <span className="ml-auto flex items-center gap-2">
        {url && <CopyButton text={url} label={t("copyAddress")} />}
        <Button tone="danger" onClick={onRevoke}>
          {t("revoke")}
        </Button>
      </span>
    </li>
  );
}
