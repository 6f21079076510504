"use client";

import { ExternalLink, Undo2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { toCells } from "@/lib/shared/image-grid";
import type { GridView } from "@/lib/shared/schemas/grid";
import { Recipe } from "../common/recipe";
import { buttonClasses } from "../ui/button";
import { PlainImage } from "../ui/plain-image";

type GridChoiceProps = { grid: GridView; chosen: number | null };

/** The chosen cell, large, beside its values; the winner's go back into the form. */
export function GridChoice({ grid, chosen }: GridChoiceProps) {
  const t = useTranslations("image");
  const cell = toCells(grid.plan).find(({ index }) => index === chosen);
  if (!cell) return <p className="p-4 text-13 text-muted">{t("gridHintPick")}</p>;
  const image = grid.images.find(({ gridCell }) => gridCell === chosen) ?? null;
  const isDone = image?.status === "done";
  const { negativePrompt = null } = cell.parameters;
  return (
    <>
      {isDone && (
        <div className="grid gap-3 border-b border-hair p-4">
          <PlainImage
            src={`/api/images/${image.id}/file`}
            alt={image.prompt}
            width={image.width ?? undefined}
            height={image.height ?? undefined}
            className="h-auto w-full rounded-6"
          />
          <div className="flex flex-wrap gap-2">
            <Link href={`/images?like=${image.id}`} className={buttonClasses("solid")}>
              <Undo2 size={16} strokeWidth={1.75} aria-hidden />
              {t("winner")}
            </Link>
            <Link href={`/images/${image.id}`} className={buttonClasses()}>
              <ExternalLink size={16} strokeWidth={1.75} aria-hidden />
              {t("openPicture")}
            </Link>
          </div>
        </div>
      )}
      <Recipe
        words={{ prompt: grid.plan.order.prompt, negativePrompt }}
        settings={{
          model: cell.model,
          parameters: cell.parameters,
          usedSeed: image?.usedSeed ?? null,
        }}
        createdAt={image?.createdAt ?? grid.createdAt}
      />
    </>
  );
}
