"use client";

import { useTranslations } from "next-intl";
import { IMAGE_PARAMS, type ImageParameters } from "@/lib/shared/image-params";
import type { ImageView } from "@/lib/shared/schemas/image";
import { Dialog } from "../ui/dialog";
import { CompareSlider } from "./compare-slider";

type CompareDialogProps = {
  images: readonly [ImageView, ImageView];
  onClose: () => void;
};

const toText = (value: ImageParameters[keyof ImageParameters]) =>
  Array.isArray(value) ? value.map(({ id, weight }) => `${id} ${weight}`).join(", ") : value;

/** Two pictures under one needle, and the values in which they differ. */
export function CompareDialog({ images: [first, second], onClose }: CompareDialogProps) {
  const t = useTranslations("image");
  const tCommon = useTranslations("common");
  const tParam = useTranslations("param");
  const values = (image: ImageView) =>
    new Map<"model" | "prompt" | keyof ImageParameters, string>([
      ["model", image.model],
      ["prompt", image.prompt],
      ...IMAGE_PARAMS.map(({ key }) => {
        const value = key === "seed" ? (image.usedSeed ?? image.parameters.seed) : undefined;
        return [key, String(value ?? toText(image.parameters[key]) ?? tParam("unset"))] as const;
      }),
    ]);
  const [left, right] = [values(first), values(second)];
  const differing = [...left.keys()].filter((key) => left.get(key) !== right.get(key));
  const toSide = (image: ImageView, label: string) => ({
    src: `/api/images/${image.id}/file`,
    alt: image.prompt,
    label,
  });
  return (
    <Dialog title={t("compareTwo")} closeLabel={tCommon("close")} isWide onClose={onClose}>
      <div className="grid gap-4 px-5 pb-5">
        <CompareSlider
          label={t("compareNeedle")}
          before={toSide(first, "A")}
          after={{
            ...toSide(second, "B"),
            width: second.width ?? undefined,
            height: second.height ?? undefined,
          }}
          className="mx-auto max-h-[55dvh]"
        />
        <table className="w-full table-fixed text-left text-12">
          <thead>
            <tr className="border-b border-hair text-muted">
              <th scope="col" className="w-24 py-1.5 font-normal">
                {t(differing.length > 0 ? "differences" : "noDifference")}
              </th>
              <th scope="col" className="py-1.5 font-normal">
                A
              </th>
              <th scope="col" className="py-1.5 font-normal">
                B
              </th>
            </tr>
          </thead>
          <tbody>
            {differing.map((key) => (
              <tr key={key} className="border-b border-hair align-top last:border-b-0">
                <th scope="row" className="py-1.5 font-normal text-muted">
                  {t(key)}
                </th>
                <td className="py-1.5 pr-3 break-words text-ink">{left.get(key)}</td>
                <td className="py-1.5 break-words text-ink">{right.get(key)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}
