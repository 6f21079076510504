"use client";

import { Download, Share2, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { sendApi } from "@/lib/client/api";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { useToast } from "../ui/toast";
import { DownloadDialog } from "./download-dialog";
import { dropFromKeptGallery } from "./kept-gallery";
import { ShareDialog } from "./share-dialog";
import { useWayBack } from "./use-way-back";

const ICON = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;

type DetailActionsProps = { imageId: string; mediaType: string | null };

/** Download, share, delete for the picture in view. */
export function DetailActions({ imageId, mediaType }: DetailActionsProps) {
  const t = useTranslations("image");
  const tCommon = useTranslations("common");
  const tError = useTranslations("errors");
  const [isSharing, setIsSharing] = useState(false);
  const [isKeeping, setIsKeeping] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const goBack = useWayBack();
  const toast = useToast();
  const remove = () => {
    sendApi(`/api/images/${imageId}`, { method: "DELETE" }).then(
      () => {
        dropFromKeptGallery(imageId);
        goBack();
      },
      () => toast({ text: tError("internal") }),
    );
  };
  return (
    <>
      <Button tone="quiet" onClick={() => setIsKeeping(true)}>
        <Download {...ICON} />
        <span className="max-sm:sr-only">{t("download")}</span>
      </Button>
      <Button tone="quiet" onClick={() => setIsAsking(true)}>
        <Trash2 {...ICON} />
        <span className="max-sm:sr-only">{t("delete")}</span>
      </Button>
      <Button tone="solid" onClick={() => setIsSharing(true)}>
        <Share2 {...ICON} />
        {t("share")}
      </Button>
      {isKeeping && (
        <DownloadDialog
          imageId={imageId}
          mediaType={mediaType}
          onClose={() => setIsKeeping(false)}
        />
      )}
      {isAsking && (
        <Dialog
          title={t("deleteSure")}
          closeLabel={tCommon("close")}
          onClose={() => setIsAsking(false)}
        >
          <div className="flex justify-end gap-2 px-5 pb-5">
            <Button onClick={() => setIsAsking(false)}>{t("cancel")}</Button>
            <Button tone="danger" onClick={remove}>
              {t("delete")}
            </Button>
          </div>
        </Dialog>
      )}
      {isSharing && <ShareDialog imageId={imageId} onClose={() => setIsSharing(false)} />}
    </>
  );
}
