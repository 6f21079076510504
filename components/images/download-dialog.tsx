"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { buttonClasses } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Segmented } from "../ui/segmented";
import { SwitchRow } from "../ui/switch-row";

const FORMATS = ["png", "jpeg", "webp"] as const;
type Format = (typeof FORMATS)[number];

type DownloadDialogProps = { imageId: string; mediaType: string | null; onClose: () => void };

/** In which format a picture is kept, and whether its recipe stands in the file. */
export function DownloadDialog({ imageId, mediaType, onClose }: DownloadDialogProps) {
  const t = useTranslations("image");
  const tCommon = useTranslations("common");
  const stored = FORMATS.find((one) => mediaType === `image/${one}`) ?? "png";
  const [format, setFormat] = useState<Format>(stored);
  const [hasRecipe, setHasRecipe] = useState(false);
  const query = new URLSearchParams({ format, ...(hasRecipe && { recipe: "1" }) });
  return (
    <Dialog title={t("download")} closeLabel={tCommon("close")} onClose={onClose}>
      <div className="grid gap-4 px-5 pb-5">
        <Segmented
          isWide
          label={t("format")}
          name="download-format"
          value={format}
          options={FORMATS.map((value) => ({ value, label: value.toUpperCase() }))}
          onChange={setFormat}
        />
        <SwitchRow
          label={t("withRecipe")}
          hint={t("withRecipeHint")}
          checked={hasRecipe}
          onChange={setHasRecipe}
        />
        <a
          href={`/api/images/${imageId}/file?${query}`}
          download
          onClick={() => setTimeout(onClose, 0)}
          className={buttonClasses("solid", "main")}
        >
          <Download size={16} strokeWidth={1.75} aria-hidden />
          {t("download")}
        </a>
      </div>
    </Dialog>
  );
}
