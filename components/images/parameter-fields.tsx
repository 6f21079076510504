"use client";

import { useTranslations } from "next-intl";
import type { ImageParamKey } from "@/lib/shared/image-params";
import type { Lora } from "@/lib/shared/loras";
import { imageLimitsOf } from "@/lib/shared/models/families";
import { LoraField } from "./lora-field";
import { FIELDS, ParamField } from "./param-field";
import type { ImageOrder } from "./use-image-order";

type ParameterFieldsProps = {
  order: ImageOrder;
  faults: Record<string, string>;
  /** LoRAs that were used before. */
  knownLoras: readonly string[];
};

/** One field a row of the table; what the model ignores is hidden, named, and keeps its value. */
export function ParameterFields({ order, faults, knownLoras }: ParameterFieldsProps) {
  const t = useTranslations("image");
  const { model, parameters } = order.draft;
  const { without, maxLoras } = imageLimitsOf(model);
  const ignored: readonly string[] = without;
  const set = (key: ImageParamKey, value: string | number | Lora[] | undefined) => {
    const { [key]: _dropped, ...rest } = parameters;
    const isSet = value !== undefined && value !== "";
    order.change({ parameters: isSet ? { ...rest, [key]: value } : rest });
  };
  return (
    <>
      {FIELDS.filter(({ key }) => !ignored.includes(key)).map((param) => (
        <ParamField
          key={param.key}
          param={param}
          model={model}
          value={parameters[param.key]}
          fault={faults[param.key]}
          onChange={(value) => set(param.key, value)}
        />
      ))}
      {maxLoras > 0 && (
        <LoraField
          value={parameters.loras ?? []}
          max={maxLoras}
          known={knownLoras}
          fault={faults.loras}
          typed={order.typedLora}
          onType={order.setTypedLora}
          onChange={(loras) => set("loras", loras)}
        />
      )}
      {ignored.length > 0 && (
        <p className="text-12 text-muted">
          {t("ignored", { names: ignored.map((key) => t(key as ImageParamKey)).join(" · ") })}
        </p>
      )}
    </>
  );
}
