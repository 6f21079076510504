"use client";

import { RotateCcw, ScanSearch } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import { PICTURE_TYPES } from "@/lib/client/shrink-picture";
import { chooseModel } from "@/lib/shared/model-list";
import { DEFAULT_EDIT_MODEL, DEFAULT_IMAGE_MODEL } from "@/lib/shared/models/fallback-ids";
import { imageLimitsOf } from "@/lib/shared/models/families";
import { ErrorNotice } from "../common/error-notice";
import { ModelPicker } from "../common/model-picker";
import { Button } from "../ui/button";
import { FileButton } from "../ui/file-button";
import { IconButton } from "../ui/icon-button";
import { Light } from "../ui/light";
import { Segmented } from "../ui/segmented";
import { useHydrated } from "../ui/use-hydrated";
import { CountField } from "./count-field";
import { GridField } from "./grid-field";
import type { ImageLists } from "./image-lists";
import { InputsField } from "./inputs-field";
import { ParameterFields } from "./parameter-fields";
import { PromptField } from "./prompt-field";
import { useFormClick } from "./use-form-click";
import type { GridOrder } from "./use-grid-plan";
import { type ImageOrder, isEditModel } from "./use-image-order";
import { useLeft } from "./use-left";

type ImageFormProps = {
  lists: ImageLists;
  hasToken: boolean;
  /** Magicubes that help with a prompt costs. */
  helpPrice: number | null;
  /** LoRAs that were used before. */
  loras: readonly string[];
  order: ImageOrder;
  grid: GridOrder;
  /** Reads how a picture was made. */
  onRead: (file: File | undefined) => void;
};

/** Every parameter of a picture; the verdict and the price before the click. */
export function ImageForm(props: ImageFormProps) {
  const { lists, hasToken, helpPrice, loras, order, grid, onRead } = props;
  const t = useTranslations("image");
  const { draft, change, inputs, takesInputs } = order;
  const isReady = useHydrated();
  const [isTouched, setIsTouched] = useState(false);
  // Phones show prompt and button first; wider screens always show everything.
  const [isExpanded, setIsExpanded] = useState(false);
  const click = useFormClick(order, grid, lists);
  const { faults, missing } = click;
  const canSend = isReady && hasToken && !click.isSending && click.verdict === null;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setIsTouched(true);
    if (canSend && !missing) void click.submit();
  };
  return (
    <form
      onSubmit={onSubmit}
      onPaste={inputs.onPaste}
      noValidate
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="min-h-0 flex-1 overflow-y-auto">
        <ModelSection lists={lists} order={order} fault={faults.model} onRead={onRead} />
        <Section>
          {takesInputs && <InputsField inputs={inputs} />}
          <PromptField
            label={t(takesInputs ? "instruction" : "prompt")}
            value={draft.prompt}
            helpPrice={hasToken ? helpPrice : null}
            fault={faults.prompt ?? (isTouched ? missing : null)}
            onChange={(prompt) => change({ prompt })}
            onSubmit={onSubmit}
          />
        </Section>
        <Button
          tone="quiet"
          aria-expanded={isExpanded}
          onClick={() => setIsExpanded(!isExpanded)}
          className="mx-2 my-1 md:hidden!"
        >
          {t(isExpanded ? "fewerParameters" : "allParameters")}
        </Button>
        <div className={isExpanded ? undefined : "max-md:hidden"}>
          <Section>
            <ParameterFields order={order} faults={faults} knownLoras={loras} />
            {!grid.isOn && (
              <CountField
                count={draft.count}
                lockSeed={draft.lockSeed}
                hasSeed={draft.parameters.seed !== undefined}
                onChange={change}
              />
            )}
          </Section>
          <Section>
            <GridField grid={grid} lists={lists} />
          </Section>
        </div>
      </div>
      <Footer click={click} hasToken={hasToken} canSend={canSend} />
    </form>
  );
}

type ModelSectionProps = Pick<ImageFormProps, "lists" | "order" | "onRead"> & {
  fault: string | undefined;
};

function ModelSection({ lists, order, fault, onRead }: ModelSectionProps) {
  const { draft, change, takesInputs } = order;
  return (
    <Section>
      <ModeSwitch lists={lists} order={order} onRead={onRead} />
      <ModelPicker
        list={takesInputs ? lists.edit : lists.image}
        kind={takesInputs ? "edit" : "image"}
        value={draft.model}
        fault={fault}
        className="w-full"
        onChange={(model) => change({ model })}
      />
      {fault && <p className="text-12 text-bad">{fault}</p>}
      <ModelFacts model={draft.model} />
    </Section>
  );
}

/** Pictures from text, or from pictures: the model decides, so each way has its own. */
function ModeSwitch({ lists, order, onRead }: Omit<ModelSectionProps, "fault">) {
  const t = useTranslations("image");
  const mode = isEditModel(order.draft.model) ? "edit" : "t2i";
  return (
    <div className="flex items-center gap-2">
      <Segmented
        label={t("mode")}
        name="image-mode"
        value={mode}
        options={(["t2i", "edit"] as const).map((value) => ({ value, label: t(value) }))}
        onChange={(next) =>
          order.change({
            model:
              next === "edit"
                ? chooseModel(lists.edit, DEFAULT_EDIT_MODEL)
                : chooseModel(lists.image, DEFAULT_IMAGE_MODEL),
          })
        }
      />
      <span className="flex-1" />
      <FileButton
        label={t("readRecipe")}
        icon={<ScanSearch size={16} strokeWidth={1.75} aria-hidden />}
        accept={PICTURE_TYPES}
        onFiles={([file]) => onRead(file)}
      />
      <IconButton
        label={t("reset")}
        onClick={() => order.change({ parameters: {}, count: 1, lockSeed: false })}
      >
        <RotateCcw size={16} strokeWidth={1.75} aria-hidden />
      </IconButton>
    </div>
  );
}

/** Bounds and usual time of the model's family. */
function ModelFacts({ model }: { model: string }) {
  const t = useTranslations("model");
  const { minSide, maxSide, usualSeconds } = imageLimitsOf(model);
  return (
    <p className="text-12 text-muted">
      {t("limits", { min: minSide, max: maxSide, seconds: usualSeconds })}
    </p>
  );
}

type FooterProps = {
  click: ReturnType<typeof useFormClick>;
  hasToken: boolean;
  canSend: boolean;
};

/** The verdict, and the button with what the click costs and what is left. */
function Footer({ click, hasToken, canSend }: FooterProps) {
  const t = useTranslations("image");
  const tModel = useTranslations("model");
  const { label, fault, verdict, missing, cost } = click;
  const { left, isPoor } = useLeft(cost);
  return (
    <footer className="grid gap-2 border-t border-rule px-4 py-3">
      {fault && <ErrorNotice code={fault.code} id={fault.id} cost={t("notCharged")} />}
      {!hasToken && <ErrorNotice code="token_missing" />}
      {!fault && hasToken && (
        <Verdict fault={verdict} missing={missing} warning={isPoor ? t("tooPoor") : null} />
      )}
      <Button type="submit" tone="solid" size="main" disabled={!canSend}>
        {label}
        {cost !== null && ` ${tModel("approx", { price: cost })}`}
        {left !== null && ` · ${t("left", { left })}`}
      </Button>
    </footer>
  );
}

type VerdictProps = { fault: string | null; missing: string | null; warning: string | null };

/** What would come of the click: the first of what speaks against it. */
function Verdict({ fault, missing, warning }: VerdictProps) {
  const t = useTranslations("image");
  const state = fault ? "failed" : missing ? "untested" : warning ? "warning" : "done";
  return (
    <p className="flex items-center gap-2 text-12 text-muted" data-testid="verdict">
      <Light state={state} />
      {fault ?? missing ?? warning ?? t("ok")}
    </p>
  );
}

function Section({ children }: { children: ReactNode }) {
  return (
    <section className="grid gap-3 border-b border-hair px-4 py-3 last:border-b-0">
      {children}
    </section>
  );
}
