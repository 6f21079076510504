"use client";

import { useTranslations } from "next-intl";
import { isErrorCode } from "@/lib/shared/errors";
import type { ImageView } from "@/lib/shared/schemas/image";
import { RawAnswer } from "../common/raw-answer";
import { Button } from "../ui/button";
import { Light, type LightState } from "../ui/light";
import type { CardVerbs } from "./card-actions";
import { CardBox } from "./card-box";

const LIGHTS: Partial<Record<ImageView["status"], LightState>> = {
  failed: "failed",
  unknown: "unknown",
  needs_token: "warning",
  cancelled: "stopped",
};

/** A picture that was not made, or not kept, or nobody knows: why, what it cost, what to do. */
export function CardTrouble({ image, verbs }: { image: ImageView; verbs: CardVerbs }) {
  const t = useTranslations("image");
  const tError = useTranslations("errors");
  const { errorCode, status } = image;
  const isUnkept = errorCode === "image_copy_failed";
  const reason = errorCode && isErrorCode(errorCode) ? tError(errorCode) : null;
  return (
    <CardBox
      actions={
        <>
          {image.canCheck && (
            <Button size="compact" onClick={() => verbs.check(image)}>
              {t(isUnkept ? "copyNow" : "check")}
            </Button>
          )}
          <Button size="compact" onClick={() => verbs.reuse(image, "same")}>
            {t("again")}
          </Button>
          <Button size="compact" tone="quiet" onClick={() => verbs.remove(image)}>
            {t("delete")}
          </Button>
        </>
      }
    >
      <span className="flex items-center gap-2 text-ink">
        <Light state={LIGHTS[status] ?? "untested"} />
        {t(isUnkept ? "copyFailed" : `status.${status}`)}
      </span>
      {reason && <span>{reason}</span>}
      {image.errorText && <RawAnswer text={image.errorText} />}
    </CardBox>
  );
}
