"use client";

import { RotateCw, X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { PictureSize } from "@/lib/client/shrink-picture";
import { isErrorCode } from "@/lib/shared/errors";
import { IconButton } from "../ui/icon-button";
import { PlainImage } from "../ui/plain-image";
import type { Attachment, Attachments } from "./use-attachments";

/** The pictures that go with the next question, with their sizes before and after. */
export function AttachmentRow({ attachments }: { attachments: Attachments }) {
  const t = useTranslations("chat");
  const { items, links, removeLink, refusal } = attachments;
  const reason = (refusal.hasOthers || refusal.max !== null) && (
    <p role="alert" className="px-3.5 pt-3 text-12 text-bad">
      {refusal.hasOthers && t("onlyPictures")}{" "}
      {refusal.max !== null && t("tooManyPictures", { count: refusal.max })}
    </p>
  );
  if (items.length + links.length === 0) return reason;
  return (
    <>
      {reason}
      <ul aria-label={t("attachments")} className="flex flex-wrap gap-2 px-3.5 pt-3">
        {items.map((item) => (
          <Item key={item.key} item={item} attachments={attachments} />
        ))}
        {links.map((url) => (
          <li
            key={url}
            className="flex max-w-full items-center gap-2 rounded-6 border border-hair py-1 pr-1 pl-2.5 text-12"
          >
            <span className="truncate">{url}</span>
            <IconButton label={t("removePicture")} onClick={() => removeLink(url)}>
              <X size={14} strokeWidth={1.75} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A fault of this browser's own has no code of the server's: it could not read the file. */
const toErrorKey = (code: string) =>
  (isErrorCode(code) && code !== "internal") || code === "offline" ? code : "unsupported_picture";

function useSize(): (size: PictureSize) => string {
  const format = useFormatter();
  return ({ width, height, sizeBytes }) => {
    const kb = format.number(Math.max(1, sizeBytes / 1_000), { maximumFractionDigits: 0 });
    return `${width}×${height} · ${kb} KB`;
  };
}

function Item({ item, attachments }: { item: Attachment; attachments: Attachments }) {
  const t = useTranslations("chat");
  const tErrors = useTranslations("errors");
  const toSize = useSize();
  const { before, after, fault, isOriginal } = item;
  const isShrunk = before !== null && after !== null && before.sizeBytes !== after.sizeBytes;
  return (
    <li className="flex max-w-full items-center gap-2.5 rounded-6 border border-hair py-1 pr-1 pl-1 text-12">
      <PlainImage src={item.previewUrl} alt="" className="size-10 rounded-4 bg-well object-cover" />
      <span className="grid min-w-0">
        {fault && <span className="text-bad">{tErrors(toErrorKey(fault.code))}</span>}
        {!fault && before && <span className="font-mono text-11 text-muted">{toSize(before)}</span>}
        {!fault && isShrunk && after && (
          <span className="font-mono text-11 text-ink">→ {toSize(after)}</span>
        )}
        {!fault && item.uploadId === null && <span className="text-muted">{t("uploading")}</span>}
        {(isShrunk || isOriginal) && (
          <label className="flex items-center gap-1 text-11 text-muted">
            <input
              type="checkbox"
              checked={isOriginal}
              onChange={(event) => attachments.setOriginal(item, event.target.checked)}
            />
            {t("sendOriginal")}
          </label>
        )}
      </span>
      {fault && toErrorKey(fault.code) !== "unsupported_picture" && (
        <IconButton label={t("retryPicture")} onClick={() => attachments.retry(item)}>
          <RotateCw size={14} strokeWidth={1.75} aria-hidden />
        </IconButton>
      )}
      <IconButton label={t("removePicture")} onClick={() => attachments.remove(item)}>
        <X size={14} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </li>
  );
}
