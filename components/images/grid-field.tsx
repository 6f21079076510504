"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { type AxisKey, readValues } from "@/lib/shared/image-grid";
import { ModelPicker } from "../common/model-picker";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { SwitchRow } from "../ui/switch-row";
import { WholeNumberInput } from "../ui/whole-number-input";
import type { ImageLists } from "./image-lists";
import type { GridOrder, Side } from "./use-grid-plan";

type GridFieldProps = { grid: GridOrder; lists: ImageLists };

/** Values along one side or two, and what may be spent on them. */
export function GridField({ grid, lists }: GridFieldProps) {
  const t = useTranslations("image");
  const { isOn, setIsOn, sides, change, budget, setBudget, faults } = grid;
  return (
    <div className="grid gap-3">
      <SwitchRow
        label={t("grid")}
        hint={t("gridHint")}
        checked={isOn}
        onChange={(next) => setIsOn(next)}
      />
      {isOn && (
        <>
          <SideField
            name="x"
            side={sides.x}
            grid={grid}
            lists={lists}
            onChange={(x) => change({ x })}
          />
          <SideField
            name="y"
            side={sides.y}
            grid={grid}
            lists={lists}
            onChange={(y) => change({ y })}
          />
          <label htmlFor="grid-budget" className="flex items-center gap-2">
            <span className="flex-1 text-12 font-medium text-muted">{t("gridBudget")}</span>
            <span className="w-28">
              <WholeNumberInput
                id="grid-budget"
                value={budget}
                placeholder={t("gridNoBudget")}
                hasFault={grid.isBudgetWrong || faults.budget !== undefined}
                onChange={setBudget}
              />
            </span>
          </label>
          {faults.budget && <p className="text-12 text-bad">{faults.budget}</p>}
        </>
      )}
    </div>
  );
}

type SideFieldProps = GridFieldProps & {
  name: "x" | "y";
  side: Side;
  onChange: (side: Side) => void;
};

function SideField({ name, side, grid, lists, onChange }: SideFieldProps) {
  const t = useTranslations("image");
  const options: (AxisKey | "none")[] = name === "y" ? ["none", ...grid.keys] : grid.keys;
  const fault = side.text.trim() === "" ? undefined : grid.faults[name];
  const label = t(name === "x" ? "gridX" : "gridY");
  return (
    <div className="grid gap-1.5">
      <div className="flex items-center gap-2">
        <span className="w-10 shrink-0 text-12 font-medium text-muted">{label}</span>
        <Select
          aria-label={label}
          value={side.key}
          options={options.map((key) => ({ value: key, label: t(`axis.${key}`) }))}
          onChange={(key) => onChange({ key, text: "" })}
        />
      </div>
      {side.key === "model" && (
        <ModelValues side={side} kind={grid.kind} lists={lists} onChange={onChange} />
      )}
      {side.key !== "none" && side.key !== "model" && (
        <Input
          id={`grid-${name}`}
          aria-label={`${label} ${t(`axis.${side.key}`)}`}
          value={side.text}
          placeholder={t(`axisExample.${side.key}`)}
          hasFault={fault !== undefined}
          onChange={(event) => onChange({ ...side, text: event.target.value })}
          className="font-mono text-12!"
        />
      )}
      {fault && <p className="text-12 text-bad">{fault}</p>}
    </div>
  );
}

type ModelValuesProps = {
  side: Side;
  kind: "image" | "edit";
  lists: ImageLists;
  onChange: (side: Side) => void;
};

/** Models one after the other out of the catalogue. */
function ModelValues({ side, kind, lists, onChange }: ModelValuesProps) {
  const t = useTranslations("image");
  const ids = readValues("model", side.text).map(String);
  const set = (next: readonly string[]) => onChange({ ...side, text: next.join(", ") });
  return (
    <>
      {ids.length > 0 && (
        <ul className="grid gap-1">
          {ids.map((id) => (
            <li key={id} className="flex items-center gap-2 rounded-4 bg-well pl-2.5">
              <span className="min-w-0 flex-1 truncate font-mono text-12 text-ink">{id}</span>
              <IconButton
                label={t("gridRemove", { value: id })}
                onClick={() => set(ids.filter((one) => one !== id))}
              >
                <X size={14} strokeWidth={1.75} aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <ModelPicker
        list={kind === "edit" ? lists.edit : lists.image}
        kind={kind}
        value=""
        placeholder={t("gridAddModel")}
        className="w-full"
        onChange={(id) => set(ids.includes(id) ? ids : [...ids, id])}
      />
    </>
  );
}
