"use client";

import { useTranslations } from "next-intl";
import { IMAGE_PARAMS } from "@/lib/shared/image-params";
import { toParamLabel } from "@/lib/shared/param-label";
import { Needle } from "../ui/needle";
import { NegativeField } from "./negative-field";
import { SeedField } from "./seed-field";
import { SizeField } from "./size-field";

/** The rows of the parameter table that one plain field can take. */
export const FIELDS = IMAGE_PARAMS.filter((param) => param.type !== "loras");

type ParamFieldProps = {
  param: (typeof FIELDS)[number];
  model: string;
  value: string | number | undefined;
  fault: string | undefined;
  onChange: (value: string | number | undefined) => void;
};

/** The field of one row of the parameter table. */
export function ParamField({ param, model, value, fault, onChange }: ParamFieldProps) {
  const t = useTranslations("image");
  const tParam = useTranslations("param");
  const id = `image-${param.key}`;
  if (param.type === "size") {
    return (
      <SizeField
        model={model}
        value={typeof value === "string" ? value : undefined}
        fault={fault}
        onChange={onChange}
      />
    );
  }
  if (param.type === "text") {
    return (
      <NegativeField
        value={typeof value === "string" ? value : ""}
        maxLength={param.maxLength}
        fault={fault}
        onChange={onChange}
      />
    );
  }
  const number = typeof value === "number" ? value : undefined;
  if (param.key === "seed")
    return <SeedField value={number} max={param.max} fault={fault} onChange={onChange} />;
  return (
    <Needle
      id={id}
      label={toParamLabel(t(param.key), param.wire)}
      value={number}
      range={param}
      texts={{ unset: tParam("unset"), reset: tParam("resetOne") }}
      fault={fault}
      onChange={onChange}
    />
  );
}
