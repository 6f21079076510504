"use client";

import { useTranslations } from "next-intl";
import type { ImageDraft } from "./use-kept-draft";

type ValueChipsProps = {
  draft: ImageDraft;
  /** Opens the whole form at the field of this id. */
  onOpen: (fieldId: string) => void;
};

/** What is set, in a few words each, where the form is folded; each leads to its field. */
export function ValueChips({ draft, onOpen }: ValueChipsProps) {
  const t = useTranslations("image");
  const { size, seed, steps, guidance, loras, negativePrompt } = draft.parameters;
  const chips: [string, string | null][] = [
    ["image-model", draft.model.split("/").at(-1) ?? draft.model],
    ["image-size", size ? size.replace("x", "×") : null],
    ["image-count", draft.count > 1 ? t("pictures", { count: draft.count }) : null],
    ["image-seed", seed === undefined ? null : `seed ${seed}`],
    ["image-steps", steps === undefined ? null : `${t("steps")} ${steps}`],
    ["image-guidance", guidance === undefined ? null : `${t("guidance")} ${guidance}`],
    ["image-lora-0", loras ? `${loras.length} LoRA` : null],
    ["image-negativePrompt", negativePrompt ? t("negativePrompt") : null],
  ];
  return (
    <ul className="-mx-4 flex gap-1.5 overflow-x-auto px-4 md:hidden" aria-label={t("values")}>
      {chips.map(([id, text]) =>
        text === null ? null : (
          <li key={id} className="shrink-0">
            <button
              type="button"
              onClick={() => onOpen(id)}
              className="h-9 max-w-48 truncate rounded-4 border border-control bg-surface px-2.5 font-mono text-12 text-ink"
            >
              {text}
            </button>
          </li>
        ),
      )}
    </ul>
  );
}
