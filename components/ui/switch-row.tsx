"use client";

import { Switch } from "./switch";

type SwitchRowProps = {
  label: string;
  hint: string;
  checked: boolean;
  onChange: (isOn: boolean) => void;
};

/** A switch with its name and what it does beside it. */
export function SwitchRow({ label, hint, checked, onChange }: SwitchRowProps) {
  return (
    <div className="flex items-center gap-3">
      <span className="flex-1">
        <span className="block text-ink">{label}</span>
        <span className="block text-12 text-muted">{hint}</span>
      </span>
      <Switch
        label={label}
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
      />
    </div>
  );
}
