"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ImageView } from "@/lib/shared/schemas/image";
import { useNow } from "../common/use-now";
import { Button } from "../ui/button";
import { Light } from "../ui/light";
import type { CardVerbs } from "./card-actions";
import { CardBox } from "./card-box";
import { useUsualSeconds } from "./usual-times";

const TICK_MS = 200;

type CardWaitingProps = { image: ImageView; place: number | null; verbs: CardVerbs };

/** A picture that waits in the lane, for Magicubes, or is being made. */
export function CardWaiting({ image, place, verbs }: CardWaitingProps) {
  if (image.status !== "new") return <Making image={image} />;
  return <InLine image={image} place={place} verbs={verbs} />;
}

function useSeconds() {
  const format = useFormatter();
  return (value: number) =>
    `${format.number(value, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} s`;
}

function InLine({ image, place, verbs }: CardWaitingProps) {
  const t = useTranslations("image");
  const usual = useUsualSeconds()(image.model);
  const isParked = image.errorCode === "balance_empty";
  return (
    <CardBox
      actions={
        <Button size="compact" onClick={() => verbs.cancel(image)}>
          {t("cancel")}
        </Button>
      }
    >
      <span className="flex items-center gap-2 text-ink">
        <Light state={isParked ? "warning" : "waiting"} />
        {isParked ? t("parked") : t("place", { place: place ?? 1 })}
      </span>
      <span>
        {isParked ? t("parkedHint") : t("startsIn", { seconds: Math.round((place ?? 1) * usual) })}
      </span>
    </CardBox>
  );
}

function Making({ image }: { image: ImageView }) {
  const t = useTranslations("image");
  const toSeconds = useSeconds();
  const now = useNow(true, TICK_MS);
  const usualSeconds = useUsualSeconds()(image.model);
  const since = Date.parse(image.submittedAt ?? image.createdAt);
  const elapsed = Math.max(0, (now - since) / 1_000);
  return (
    <>
      <CardBox actions={null}>
        <span className="flex items-center gap-2 text-ink">
          <Light state="running" />
          {t(`status.${image.status}`)}
        </span>
        <span className="font-mono" suppressHydrationWarning>
          {toSeconds(elapsed)} / {t("usual", { time: toSeconds(usualSeconds) })}
        </span>
      </CardBox>
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
