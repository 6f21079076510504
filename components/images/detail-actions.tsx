"use client";

import { Download, Share2, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { sendApi } from "@/lib/client/api";
import { Button, buttonClasses } from "../ui/button";
import { useToast } from "../ui/toast";
import { ShareDialog } from "./share-dialog";

const ICON = { size: 16, strokeWidth: 1.75, "aria-hidden": true } as const;

/** Download, share, delete for the picture in view. */
export function DetailActions({ imageId }: { imageId: string }) {
  const t = useTranslations("image");
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
      <Button
        tone="quiet"
        onClick={() => (isAsking ? remove() : setIsAsking(true))}
        onBlur={() => setIsAsking(false)}
      >
        <Trash2 {...ICON} className={isAsking ? "text-bad" : undefined} />
        <span className={isAsking ? "text-bad" : "max-sm:sr-only"}>
          {t(isAsking ? "deleteSure" : "delete")}
        </span>
      </Button>
      <Button tone="solid" onClick={() => setIsSharing(true)}>
        <Share2 {...ICON} />
        {t("share")}
      </Button>
      {isSharing && <ShareDialog imageId={imageId} onClose={() => setIsSharing(false)} />}
    </>
  );
}
