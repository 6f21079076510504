"use client";

import { Download, RotateCw, Share2, Trash2 } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { cn } from "@/lib/shared/cn";
import { isErrorCode } from "@/lib/shared/errors";
import { parseSize } from "@/lib/shared/image-params";
import { imageLimitsOf } from "@/lib/shared/models/families";
import { type ImageView, RUNNING_IMAGE_STATUSES } from "@/lib/shared/schemas/image";
import { RawAnswer } from "../common/raw-answer";
import { useNow } from "../common/use-now";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { Light, type LightState } from "../ui/light";
import { Tag } from "../ui/tag";

const ICON = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;

type ImageCardProps = {
  image: ImageView;
  onShare: () => void;
  onDelete: () => void;
  onCancel: () => void;
  onReuse: () => void;
};

/** Width by height of the frame, true from the first moment. */
function ratioOf(image: ImageView): string {
  const asked = parseSize(image.parameters.size ?? imageLimitsOf(image.model).defaultSize);
  const width = image.width ?? asked?.width ?? 1;
  const height = image.height ?? asked?.height ?? 1;
  return `${width} / ${height}`;
}

/** One picture of the gallery in any of its states. */
export function ImageCard(props: ImageCardProps) {
  const { image } = props;
  const t = useTranslations("image");
  const seed = image.usedSeed ?? image.parameters.seed;
  return (
    <li className="min-w-0" data-status={image.status} data-testid="image-card">
      <div
        className={cn(
          "group relative grid overflow-hidden rounded-6 bg-well",
          image.status === "unknown" && "hatch border border-dashed border-control",
        )}
        style={{ aspectRatio: ratioOf(image) }}
      >
        {image.status === "done" ? <Finished {...props} /> : <Unfinished {...props} />}
      </div>
      {image.status === "done" && (
        <div className="mt-1 hidden gap-0.5 pointer-coarse:flex">
          <Actions {...props} />
        </div>
      )}
      <p className="mt-1.5 truncate text-12 text-body" title={image.prompt}>
        {image.prompt}
      </p>
      <p className="flex items-center gap-2 font-mono text-12 text-muted">
        <span className="min-w-0 flex-1 truncate">
          {seed === undefined || seed === null ? t("randomSeed") : `seed ${seed}`}
        </span>
        {image.shared && <Tag tone="signal">{t("shared")}</Tag>}
      </p>
    </li>
  );
}

function Finished(props: ImageCardProps) {
  const { image } = props;
  const file = `/api/images/${image.id}/file`;
  return (
    <>
      <Link
        href={`/images/${image.id}`}
        className="absolute inset-0 focus-visible:-outline-offset-2!"
      >
        {/* biome-ignore lint/performance/noImgElement: private bytes never pass the image optimiser */}
        <img
          src={file}
          alt={image.prompt}
          loading="lazy"
          width={image.width ?? undefined}
          height={image.height ?? undefined}
          className="size-full object-cover"
        />
      </Link>
      <div className="absolute inset-x-1.5 bottom-1.5 hidden gap-0.5 rounded-4 bg-raised p-0.5 shadow-1 group-focus-within:flex group-hover:flex pointer-coarse:hidden!">
        <Actions {...props} />
      </div>
    </>
  );
}

/** What can be done with a finished picture: over it with a mouse, below it on touch. */
function Actions({ image, onShare, onDelete, onReuse }: ImageCardProps) {
  const t = useTranslations("image");
  return (
    <>
      <a
        href={`/api/images/${image.id}/file`}
        download
        aria-label={t("download")}
        title={t("download")}
        className="inline-grid size-7 place-items-center rounded-4 text-muted hover:bg-hover hover:text-ink max-sm:size-9"
      >
        <Download {...ICON} />
      </a>
      <IconButton label={t("reuse")} onClick={onReuse} className="max-sm:size-9!">
        <RotateCw {...ICON} />
      </IconButton>
      <IconButton label={t("share")} onClick={onShare} className="max-sm:size-9!">
        <Share2 {...ICON} />
      </IconButton>
      <IconButton label={t("delete")} className="ml-auto max-sm:size-9!" onClick={onDelete}>
        <Trash2 {...ICON} />
      </IconButton>
    </>
  );
}

const ENDINGS: Partial<Record<ImageView["status"], LightState>> = {
  failed: "failed",
  unknown: "unknown",
  needs_token: "warning",
  cancelled: "stopped",
};

function Unfinished({ image, onDelete, onCancel, onReuse }: ImageCardProps) {
  const t = useTranslations("image");
  const tError = useTranslations("errors");
  const light = ENDINGS[image.status];
  if (RUNNING_IMAGE_STATUSES.includes(image.status))
    return <Making image={image} onCancel={onCancel} />;
  const reason = image.errorCode && isErrorCode(image.errorCode) ? tError(image.errorCode) : null;
  return (
    <Box
      actions={
        <>
          <Button size="compact" onClick={onReuse}>
            {t("again")}
          </Button>
          <Button size="compact" tone="quiet" onClick={onDelete}>
            {t("delete")}
          </Button>
        </>
      }
    >
      <span className="flex items-center gap-2 text-ink">
        <Light state={light ?? "untested"} />
        {t(image.errorCode === "image_copy_failed" ? "copyFailed" : `status.${image.status}`)}
      </span>
      {reason && <span>{reason}</span>}
      {image.errorText && <RawAnswer text={image.errorText} />}
    </Box>
  );
}

const TICK_MS = 200;

function Making({ image, onCancel }: { image: ImageView; onCancel: () => void }) {
  const t = useTranslations("image");
  const format = useFormatter();
  const now = useNow(true, TICK_MS);
  const { usualSeconds } = imageLimitsOf(image.model);
  const elapsed = Math.max(0, (now - Date.parse(image.createdAt)) / 1_000);
  const seconds = (value: number) =>
    `${format.number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} s`;
  return (
    <>
      <Box
        actions={
          image.status === "new" && (
            <Button size="compact" onClick={onCancel}>
              {t("cancel")}
            </Button>
          )
        }
      >
        <span className="flex items-center gap-2 text-ink">
          <Light state="running" />
          {t(`status.${image.status}`)}
        </span>
        <span className="font-mono" suppressHydrationWarning>
          {seconds(elapsed)} / {t("usual", { time: seconds(usualSeconds) })}
        </span>
      </Box>
      <span className="absolute inset-x-0 bottom-0 h-[3px] bg-hair">
        <span
          className="absolute inset-y-0 left-0 bg-signal"
          style={{ width: `${Math.min(95, (elapsed / usualSeconds) * 100)}%` }}
          suppressHydrationWarning
        />
      </span>
    </>
  );
}

function Box({ children, actions }: { children: ReactNode; actions: ReactNode }) {
  return (
    <div className="flex flex-col items-center justify-center gap-1 p-3 text-center text-12 text-muted">
      <span className="grid justify-items-center gap-1 rounded-4 bg-well px-2 py-1">
        {children}
      </span>
      {actions && <span className="mt-1 flex flex-wrap justify-center gap-1">{actions}</span>}
    </div>
  );
}
