"use client";

import { useTranslations } from "next-intl";
import { withoutIgnored } from "@/lib/shared/models/families";
import { EXAMPLE_INPUT, toImageSample } from "@/lib/shared/samples/image-sample";
import { CodeTabs } from "../common/code-tabs";
import { Dialog } from "../ui/dialog";
import type { ImageDraft } from "./use-kept-draft";

type CodeDialogProps = {
  draft: ImageDraft;
  /** How many pictures go in. */
  inputCount: number;
  /** Where calls go. */
  origin: string;
  onClose: () => void;
};

/** The code of what the form would send: submit, then poll. */
export function CodeDialog({ draft, inputCount, origin, onClose }: CodeDialogProps) {
  const t = useTranslations("code");
  const tCommon = useTranslations("common");
  const { model, prompt, parameters } = draft;
  const order = {
    model,
    prompt: prompt || t("examplePicture"),
    parameters: withoutIgnored(model, parameters),
    inputs: Array.from({ length: inputCount }, () => EXAMPLE_INPUT),
  };
  return (
    <Dialog title={t("title")} closeLabel={tCommon("close")} isWide onClose={onClose}>
      <div className="grid gap-3 px-5 pb-5">
        <CodeTabs toCode={(language) => toImageSample(order, language, { origin })} />
      </div>
    </Dialog>
  );
}
