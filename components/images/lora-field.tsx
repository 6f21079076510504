"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { balance, evenOut, type Lora, loraIdSchema } from "@/lib/shared/loras";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";
import { Needle } from "../ui/needle";
import { useLoraSearch } from "./use-lora-search";

type LoraFieldProps = {
  value: readonly Lora[];
  max: number;
  /** Ids to choose from; any other may be typed. */
  known: readonly string[];
  fault: string | undefined;
  /** What stands in the box and is not added yet. */
  typed: string;
  onType: (typed: string) => void;
  onChange: (loras: Lora[] | undefined) => void;
};

/** The id out of an address of its page; anything else as it is. */
const toLoraId = (text: string) =>
  /modelscope\.(?:cn|ai)\/models\/([\w.-]+\/[\w.-]+)/.exec(text)?.[1] ?? text;

const WEIGHT = { min: 0.01, max: 1, step: 0.01 } as const;

/** Up to six LoRAs; weights of several always sum to 1. */
export function LoraField(props: LoraFieldProps) {
  const { value, max, known, fault, typed, onType, onChange } = props;
  const t = useTranslations("image");
  const tParam = useTranslations("param");
  const id = typed.trim();
  const offered = new Set([...known, ...useLoraSearch(typed)]);
  const isWrong = id !== "" && !loraIdSchema.safeParse(id).success;
  const isTwice = value.some((lora) => lora.id === id);
  const canAdd = id !== "" && !isWrong && !isTwice && value.length < max;
  const add = () => {
    onChange(evenOut([...value, { id, weight: 1 }]));
    onType("");
  };
  const set = (loras: Lora[]) => onChange(loras.length > 0 ? loras : undefined);
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 flex w-full items-center text-12 font-medium text-muted">
        {t("loras")}
        <span className="ml-auto font-mono text-ink">
          {value.length} / {max}
        </span>
      </legend>
      {value.map((lora, index) => (
        <div key={lora.id} className="flex items-end gap-1">
          <div className="min-w-0 flex-1">
            {value.length > 1 ? (
              <Needle
                id={`image-lora-${index}`}
                label={lora.id}
                value={lora.weight}
                range={WEIGHT}
                texts={{ unset: tParam("unset"), reset: tParam("resetOne") }}
                onChange={(weight) => weight !== undefined && set(balance(value, index, weight))}
              />
            ) : (
              <p className="truncate py-1.5 font-mono text-12 text-ink">{lora.id}</p>
            )}
          </div>
          <IconButton
            label={t("loraRemove", { id: lora.id })}
            onClick={() => set(evenOut(value.filter(({ id: other }) => other !== lora.id)))}
          >
            <X size={14} strokeWidth={1.75} aria-hidden />
          </IconButton>
        </div>
      ))}
      {value.length > 1 && (
        <Button size="compact" className="justify-self-start" onClick={() => set(evenOut(value))}>
          {t("loraEven")}
        </Button>
      )}
      {value.length < max && (
        <div className="flex items-center gap-2">
          <Input
            aria-label={t("loraId")}
            list="image-loras"
            placeholder={t("loraPlaceholder")}
            value={typed}
            hasFault={isWrong || isTwice}
            onChange={(event) => onType(toLoraId(event.target.value))}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
              event.preventDefault();
              if (canAdd) add();
            }}
            className="h-7! min-w-0 flex-1 font-mono text-12! max-sm:h-11! max-sm:text-[16px]!"
          />
          <datalist id="image-loras">
            {[...offered].map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
          <IconButton label={t("loraAdd")} disabled={!canAdd} onClick={add}>
            <Plus size={16} strokeWidth={1.75} aria-hidden />
          </IconButton>
        </div>
      )}
      {(fault || isWrong || isTwice) && (
        <p className="text-12 text-bad">
          {isTwice ? t("loraTwice") : isWrong ? t("loraWrong") : fault}
        </p>
      )}
    </fieldset>
  );
}
