"use client";

import { useTranslations } from "next-intl";
import { AttachButtons } from "../common/attach-buttons";
import { AttachmentRow } from "../common/attachment-row";
import type { Attachments } from "../common/use-attachments";

/** The pictures that an edit begins with; from the device, the clipboard, a drop or the gallery. */
export function InputsField({ inputs }: { inputs: Attachments }) {
  const t = useTranslations("image");
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 flex w-full text-12 font-medium text-muted">
        {t("inputs")}
        <span className="ml-auto font-mono text-ink">
          {inputs.items.length} / {inputs.max}
        </span>
      </legend>
      <div className="rounded-6 border border-dashed border-control pb-1">
        <AttachmentRow attachments={inputs} />
        <div className="flex items-center gap-1 px-1.5 pt-1">
          <AttachButtons attachments={inputs} hasLinks={false} />
          {inputs.isEmpty && <span className="text-12 text-muted">{t("inputsHint")}</span>}
        </div>
      </div>
    </fieldset>
  );
}
