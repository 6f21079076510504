"use client";

import { type ComponentProps, useState } from "react";
import { Input } from "./input";

type WholeNumberInputProps = Omit<ComponentProps<typeof Input>, "value" | "onChange" | "type"> & {
  /** NaN = what stands there is no whole number. */
  value: number | undefined;
  onChange: (value: number | undefined) => void;
};

const MAX_DIGITS = 12;

const toText = (value: number | undefined) =>
  value === undefined || Number.isNaN(value) ? "" : String(value);

function toNumber(text: string): number | undefined {
  const bare = text.trim();
  if (bare === "") return undefined;
  return /^\d+$/.test(bare) ? Number(bare) : Number.NaN;
}

/** A box for a whole number, for which a ruler would be too long; what was typed stays as it is. */
export function WholeNumberInput({ value, onChange, ...props }: WholeNumberInputProps) {
  const [text, setText] = useState(toText(value));
  const [known, setKnown] = useState(value);
  if (!Object.is(value, known)) {
    setKnown(value);
    setText(toText(value));
  }
  return (
    <Input
      inputMode="numeric"
      maxLength={MAX_DIGITS}
      value={text}
      onChange={(event) => {
        const next = toNumber(event.target.value);
        setText(event.target.value);
        setKnown(next);
        onChange(next);
      }}
      {...props}
    />
  );
}
