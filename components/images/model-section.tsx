"use client";

import { RotateCcw, ScanSearch } from "lucide-react";
import { useTranslations } from "next-intl";
import { PICTURE_TYPES } from "@/lib/client/shrink-picture";
import { chooseModel } from "@/lib/shared/model-list";
import { DEFAULT_EDIT_MODEL, DEFAULT_IMAGE_MODEL } from "@/lib/shared/models/fallback-ids";
import { imageLimitsOf } from "@/lib/shared/models/families";
import { ModelPicker } from "../common/model-picker";
import { FileButton } from "../ui/file-button";
import { IconButton } from "../ui/icon-button";
import { Segmented } from "../ui/segmented";
import { FormSection } from "./form-section";
import type { ImageLists } from "./image-lists";
import { type ImageOrder, isEditModel } from "./use-image-order";
import { useUsualSeconds } from "./usual-times";

type ModelSectionProps = {
  lists: ImageLists;
  order: ImageOrder;
  /** Reads how a picture was made. */
  onRead: (file: File | undefined) => void;
  fault: string | undefined;
};

/** What makes the picture, and what it takes. */
export function ModelSection({ lists, order, fault, onRead }: ModelSectionProps) {
  const { draft, change, takesInputs } = order;
  return (
    <FormSection id="image-model">
      <ModeSwitch lists={lists} order={order} onRead={onRead} />
      <ModelPicker
        list={takesInputs ? lists.edit : lists.image}
        kind={takesInputs ? "edit" : "image"}
        value={draft.model}
        fault={fault}
        className="w-full"
        onChange={(model) => change({ model })}
      />
      {fault && <p className="text-12 text-bad">{fault}</p>}
      <ModelFacts model={draft.model} />
    </FormSection>
  );
}

/** Pictures from text, or from pictures: the model decides, so each way has its own. */
function ModeSwitch({ lists, order, onRead }: Omit<ModelSectionProps, "fault">) {
  const t = useTranslations("image");
  const mode = isEditModel(order.draft.model) ? "edit" : "t2i";
  return (
    <div className="flex items-center gap-2">
      <Segmented
        label={t("mode")}
        name="image-mode"
        value={mode}
        options={(["t2i", "edit"] as const).map((value) => ({ value, label: t(value) }))}
        onChange={(next) =>
          order.change({
            model:
              next === "edit"
                ? chooseModel(lists.edit, DEFAULT_EDIT_MODEL)
                : chooseModel(lists.image, DEFAULT_IMAGE_MODEL),
          })
        }
      />
      <span className="flex-1" />
      <FileButton
        label={t("readRecipe")}
        icon={<ScanSearch size={16} strokeWidth={1.75} aria-hidden />}
        accept={PICTURE_TYPES}
        onFiles={([file]) => onRead(file)}
      />
      <IconButton
        label={t("reset")}
        onClick={() => order.change({ parameters: {}, count: 1, lockSeed: false })}
      >
        <RotateCcw size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </div>
  );
}

/** Bounds and usual time of the model's family. */
function ModelFacts({ model }: { model: string }) {
  const t = useTranslations("model");
  const { minSide, maxSide } = imageLimitsOf(model);
  const seconds = Number(useUsualSeconds()(model).toFixed(1));
  return (
    <p className="text-12 text-muted">{t("limits", { min: minSide, max: maxSide, seconds })}</p>
  );
}
