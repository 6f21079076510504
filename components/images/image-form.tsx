"use client";

import { SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { ErrorNotice } from "../common/error-notice";
import { Button } from "../ui/button";
import { Light } from "../ui/light";
import { useHydrated } from "../ui/use-hydrated";
import { CountField } from "./count-field";
import { FormSection } from "./form-section";
import { GridField } from "./grid-field";
import type { ImageLists } from "./image-lists";
import { InputsField } from "./inputs-field";
import { ModelSection } from "./model-section";
import { ParameterFields } from "./parameter-fields";
import { PromptField } from "./prompt-field";
import { toCostKey } from "./use-click-key";
import { useFormClick } from "./use-form-click";
import type { FormSheet } from "./use-form-sheet";
import type { GridOrder } from "./use-grid-plan";
import type { ImageOrder } from "./use-image-order";
import { useLeft } from "./use-left";
import { ValueChips } from "./value-chips";

type ImageFormProps = {
  lists: ImageLists;
  hasToken: boolean;
  /** Magicubes that help with a prompt costs. */
  helpPrice: number | null;
  /** LoRAs that were used before. */
  loras: readonly string[];
  order: ImageOrder;
  grid: GridOrder;
  sheet: FormSheet;
  /** Reads how a picture was made. */
  onRead: (file: File | undefined) => void;
};

/** Every parameter of a picture; the verdict and the price before the click. */
export function ImageForm(props: ImageFormProps) {
  const { lists, hasToken, helpPrice, loras, order, grid, sheet, onRead } = props;
  const t = useTranslations("image");
  const { draft, change, inputs, takesInputs } = order;
  const isReady = useHydrated();
  const [isTouched, setIsTouched] = useState(false);
  const click = useFormClick(order, grid, lists);
  const { faults, missing } = click;
  const canSend = isReady && hasToken && !click.isSending && click.verdict === null;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setIsTouched(true);
    if (!canSend || missing) return;
    sheet.fold();
    void click.submit();
  };
  const whenOpen = sheet.isOpen ? undefined : "max-md:hidden";
  return (
    <form
      onSubmit={onSubmit}
      onPaste={inputs.onPaste}
      noValidate
      className="flex min-h-0 flex-1 flex-col"
    >
      <button
        type="button"
        aria-expanded={sheet.isOpen}
        aria-label={t(sheet.isOpen ? "fewerParameters" : "allParameters")}
        onClick={sheet.toggle}
        className="grid h-6 shrink-0 place-items-center md:hidden"
      >
        <span className="h-1 w-9 rounded-full bg-control" />
      </button>
      <div className="min-h-0 flex-1 overflow-y-auto max-md:overscroll-contain">
        <div className={whenOpen}>
          <ModelSection lists={lists} order={order} fault={faults.model} onRead={onRead} />
        </div>
        <FormSection>
          {takesInputs && <InputsField inputs={inputs} />}
          <PromptField
            label={t(takesInputs ? "instruction" : "prompt")}
            value={draft.prompt}
            isFolded={!sheet.isOpen}
            placeholder={t(takesInputs ? "instructionPlaceholder" : "promptPlaceholder")}
            helpPrice={hasToken ? helpPrice : null}
            fault={faults.prompt ?? (isTouched ? missing : null)}
            onChange={(prompt) => change({ prompt })}
            onSubmit={onSubmit}
          />
          {!sheet.isOpen && <ValueChips draft={draft} onOpen={sheet.openAt} />}
        </FormSection>
        <div className={whenOpen}>
          <FormSection>
            <ParameterFields order={order} faults={faults} knownLoras={loras} />
            {!grid.isOn && (
              <CountField
                count={draft.count}
                lockSeed={draft.lockSeed}
                hasSeed={draft.parameters.seed !== undefined}
                onChange={change}
              />
            )}
          </FormSection>
          <FormSection>
            <GridField grid={grid} lists={lists} />
          </FormSection>
        </div>
      </div>
      <Footer
        click={click}
        hasToken={hasToken}
        canSend={canSend}
        isFolded={!sheet.isOpen}
        onUnfold={sheet.toggle}
      />
    </form>
  );
}

type FooterProps = {
  click: ReturnType<typeof useFormClick>;
  hasToken: boolean;
  canSend: boolean;
  /** On phones; wider screens show everything. */
  isFolded: boolean;
  onUnfold: () => void;
};

/** The verdict, and the button with what the click costs and what is left. */
function Footer({ click, hasToken, canSend, isFolded, onUnfold }: FooterProps) {
  const t = useTranslations("image");
  const tModel = useTranslations("model");
  const tError = useTranslations("errors");
  const { label, fault, verdict, missing, cost } = click;
  const { left, isPoor, spent } = useLeft(click);
  return (
    <footer className="grid gap-2 border-t border-rule px-4 py-3">
      {fault && <ErrorNotice code={fault.code} id={fault.id} cost={t(toCostKey(fault.code))} />}
      {!hasToken && <ErrorNotice code="token_missing" />}
      {!fault && hasToken && (
        <Verdict
          fault={verdict}
          missing={missing}
          // The click is still possible: a limit may have been raised since it was read.
          refusal={spent && tError(spent)}
          warning={isPoor ? t("tooPoor") : null}
        />
      )}
      <div className="flex gap-2">
        <Button
          size="main"
          className="px-3! md:hidden!"
          aria-label={t(isFolded ? "allParameters" : "fewerParameters")}
          onClick={onUnfold}
        >
          <SlidersHorizontal size={16} strokeWidth={1.75} aria-hidden />
        </Button>
        <Button
          type="submit"
          tone="solid"
          size="main"
          disabled={!canSend}
          className="min-w-0 flex-1 truncate"
        >
          {label}
          {cost !== null && ` ${tModel("approx", { price: cost })}`}
          {left !== null && <span className="max-sm:hidden"> · {t("left", { left })}</span>}
        </Button>
      </div>
    </footer>
  );
}

type VerdictProps = Record<"fault" | "missing" | "refusal" | "warning", string | null>;

/** What would come of the click: the first of what speaks against it. */
function Verdict({ fault, missing, refusal, warning }: VerdictProps) {
  const t = useTranslations("image");
  const states = [
    [fault, "failed"],
    [missing, "untested"],
    [refusal, "failed"],
    [warning, "warning"],
  ] as const;
  const [text, state] = states.find(([one]) => one) ?? [t("ok"), "done" as const];
  return (
    <p className="flex items-center gap-2 text-12 text-muted" data-testid="verdict">
      <Light state={state} />
      {text}
    </p>
  );
}
