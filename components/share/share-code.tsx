"use client";

import { useTranslations } from "next-intl";
import { withoutIgnored } from "@/lib/shared/models/families";
import { EXAMPLE_INPUT, toImageSample } from "@/lib/shared/samples/image-sample";
import type { PublicShare } from "@/lib/shared/schemas/share";
import { CodeTabs } from "../common/code-tabs";

type ShareCodeProps = {
  words: PublicShare["words"];
  settings: NonNullable<PublicShare["settings"]>;
  /** Where calls go. */
  origin: string;
};

/** The call that makes this picture again; what the owner hides has an example in its place. */
export function ShareCode({ words, settings, origin }: ShareCodeProps) {
  const t = useTranslations("code");
  const { model, parameters, usedSeed, inputCount } = settings;
  const order = {
    model,
    prompt: words?.prompt ?? t("hiddenPrompt"),
    parameters: withoutIgnored(model, {
      ...parameters,
      ...(usedSeed !== null && parameters.seed === undefined && { seed: usedSeed }),
      ...(words?.negativePrompt && { negativePrompt: words.negativePrompt }),
    }),
    inputs: Array.from({ length: inputCount }, () => EXAMPLE_INPUT),
  };
  return <CodeTabs toCode={(language) => toImageSample(order, language, { origin })} />;
}
