import type { ComponentProps } from "react";

type SwitchProps = Omit<ComponentProps<"input">, "type" | "role"> & { label: string };

export function Switch({ label, ...props }: SwitchProps) {
  return (
    <label className="relative inline-flex shrink-0 cursor-pointer">
      <span className="sr-only">{label}</span>
      <input
        type="checkbox"
        role="switch"
        aria-checked={props.checked}
        className="peer h-[18px] w-[30px] cursor-pointer appearance-none rounded-full border border-control bg-well checked:border-solid checked:bg-solid"
        {...props}
      />
      <span className="pointer-events-none absolute top-[3px] left-[3px] size-3 rounded-full bg-control peer-checked:left-[15px] peer-checked:bg-on-solid" />
    </label>
  );
}
