"use client";

import { Download, Share2, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { sendApi } from "@/lib/client/api";
import { Button, buttonClasses } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { useToast } from "../ui/toast";
import { ShareDialog } from "./share-dialog";

const ICON = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;

/** Download, share, delete for the picture in view. */
export function DetailActions({ imageId }: { imageId: string }) {
  const t = useTranslations("image");
  const tCommon = useTranslations("common");
  const tError = useTranslations("errors");
  const [isSharing, setIsSharing] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const router = useRouter();
  const toast = useToast();
  const remove = () => {
    sendApi(`/api/images/${imageId}`, { method: "DELETE" }).then(
      () => router.replace("/images"),
      () => toast({ text: tError("internal") }),
    );
  };
  return (
    <>
      <a href={`/api/images/${imageId}/file`} download className={buttonClasses("quiet")}>
        <Download {...ICON} />
        <span className="max-sm:sr-only">{t("download")}</span>
      </a>
      <Button tone="quiet" onClick={() => setIsAsking(true)}>
        <Trash2 {...ICON} />
        <span className="max-sm:sr-only">{t("delete")}</span>
      </Button>
      <Button tone="solid" onClick={() => setIsSharing(true)}>
        <Share2 {...ICON} />
        {t("share")}
      </Button>
      {isAsking && (
        <Dialog
          title={t("deleteSure")}
          closeLabel={tCommon("close")}
          onClose={() => setIsAsking(false)}
        >
          <div className="flex justify-end gap-2 px-5 pb-5">
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
