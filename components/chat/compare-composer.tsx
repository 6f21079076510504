"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { findPrice } from "@/lib/shared/model-list";
import type { ModelList } from "@/lib/shared/schemas/model";
import { ErrorNotice } from "../common/error-notice";
import type { Attachments } from "../common/use-attachments";
import { Segmented } from "../ui/segmented";
import { Composer } from "./composer";
import { toQuestion } from "./transcript-state";
import type { Column, useCompare } from "./use-compare";
import { useDraft } from "./use-draft";

type CompareComposerProps = {
  compare: ReturnType<typeof useCompare>;
  list: ModelList;
  hasToken: boolean;
  /** The column that gets the question; null = all. */
  target: Column | null;
  attachments: Attachments;
  onTarget: (key: string | null) => void;
};

const ALL = "all";

/** Of all these together; null where one is not known. */
function sumPrices(list: ModelList, columns: readonly Column[]): number | null {
  const prices = columns.flatMap(({ model }) => findPrice(list, model) ?? []);
  return prices.length < columns.length ? null : prices.reduce((sum, price) => sum + price, 0);
}

/** One question for all columns, or for one of them. */
export function CompareComposer({ compare, target, attachments, ...props }: CompareComposerProps) {
  const t = useTranslations("compare");
  const [{ text }, change] = useDraft("compare");
  const [previous, setPrevious] = useState("");
  const { columns } = compare;
  const asked = target ? [target] : columns;
  const keys = asked.map(({ key }) => key);
  const index = columns.findIndex(({ key }) => key === target?.key) + 1;
  const send = async () => {
    const taken = attachments.takeOut();
    const { uploads, pictureUrls } = taken;
    change(() => ({ text: "" }));
    setPrevious(text);
    const takenCount = await compare.send(toQuestion(text, { uploads, pictureUrls }), keys);
    if (takenCount > 0) return attachments.release(taken);
    attachments.putBack(taken);
    return change((now) => ({ text: now.text || text }));
  };
  return (
    <div className="border-t border-hair bg-panel p-3">
      {!props.hasToken && (
        <div className="mb-3">
          <ErrorNotice code="token_missing" />
        </div>
      )}
      <Composer
        placeholder={target ? t("placeholderOne", { index }) : t("placeholder")}
        labels={
          target
            ? { send: t("sendOne", { index }), stop: t("stopOne", { index }) }
            : { send: t("sendAll"), stop: t("stopAll") }
        }
        price={sumPrices(props.list, asked)}
        draft={{ text, previous, onText: (next) => change(() => ({ text: next })) }}
        attachments={attachments}
        isBusy={compare.isBusy(keys)}
        isLost={false}
        isDisabled={!props.hasToken || asked.some(({ model }) => model === "")}
        onSend={() => void send()}
        onStop={() => compare.stop(keys)}
      >
        <Segmented
          label={t("target")}
          name="compare-target"
          value={target?.key ?? ALL}
          options={[
            { value: ALL, label: t("all") },
            ...columns.map(({ key }, place) => ({ value: key, label: String(place + 1) })),
          ]}
          onChange={(value) => props.onTarget(value === ALL ? null : value)}
        />
      </Composer>
    </div>
  );
}
