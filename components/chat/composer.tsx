"use client";

import { Square } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { MESSAGE_MAX_LENGTH } from "@/lib/shared/schemas/chat";
import { Button } from "../ui/button";
import { useHydrated } from "../ui/use-hydrated";

type ComposerProps = {
  model: string;
  /** Magicubes a call; null where it is not known. */
  price: number | null;
  text: string;
  isBusy: boolean;
  isDisabled: boolean;
  onText: (text: string) => void;
  onSend: () => void;
  onStop: () => void;
};

/** Where a question is written. Enter sends, Shift Enter breaks the line; never while an input method composes. */
export function Composer({
  model,
  price,
  text,
  isBusy,
  isDisabled,
  onText,
  onSend,
  onStop,
}: ComposerProps) {
  const t = useTranslations("chat");
  const tModel = useTranslations("model");
  const isReady = useHydrated();
  const isComposing = useRef(false);
  const over = text.length - MESSAGE_MAX_LENGTH;
  const canSend = isReady && text.trim() !== "" && over <= 0 && !isDisabled;
  return (
    <div>
      <div className="rounded-6 border border-control bg-surface has-focus-visible:outline-2 has-focus-visible:outline-signal">
        <textarea
          aria-label={t("message")}
          placeholder={t("placeholder", { model })}
          value={text}
          rows={1}
          // biome-ignore lint/a11y/noAutofocus: the page is for writing, and nothing stands before this
          autoFocus
          readOnly={!isReady}
          onChange={(event) => onText(event.target.value)}
          onCompositionStart={() => {
            isComposing.current = true;
          }}
          onCompositionEnd={() => {
            // Safari ends the composition before its Enter arrives.
            setTimeout(() => {
              isComposing.current = false;
            }, 0);
          }}
          onKeyDown={(event) => {
            const composes =
              isComposing.current || event.nativeEvent.isComposing || event.keyCode === 229;
            if (composes) return;
            if (event.key === "Escape" && isBusy) onStop();
            // Touch keyboards have no Shift Enter: there Enter breaks the line.
            const isTouch = window.matchMedia("(pointer: coarse)").matches;
            if (event.key !== "Enter" || event.shiftKey || isTouch) return;
            event.preventDefault();
            if (canSend && !isBusy) onSend();
          }}
          className="block max-h-64 min-h-10 w-full resize-none px-3.5 pt-2.5 pb-1 text-15 leading-[25px] text-ink outline-none [field-sizing:content] max-sm:text-[16px]"
        />
        <div className="flex min-h-[42px] items-center justify-end gap-2 pt-1 pr-1.5 pb-1.5 pl-2">
          {price !== null && (
            <span className="px-1 text-12 whitespace-nowrap text-muted">
              {tModel("approx", { price })}
            </span>
          )}
          {isBusy ? (
            <Button tone="solid" className="min-w-20" onClick={onStop}>
              <Square size={14} strokeWidth={1.75} aria-hidden />
              {t("stop")}
            </Button>
          ) : (
            <Button tone="solid" className="min-w-20" disabled={!canSend} onClick={onSend}>
              {t("send")}
            </Button>
          )}
        </div>
      </div>
      {over > 0 && (
        <p role="alert" className="mt-1.5 text-12 text-bad">
          {t("tooLong", { max: MESSAGE_MAX_LENGTH })}{" "}
          <span aria-hidden>{t("tooMany", { over })}</span>
        </p>
      )}
      <p className="mt-1.5 flex flex-wrap justify-between gap-x-3 text-12 text-muted">
        {isBusy ? (
          <span>{t("keepsRunning")}</span>
        ) : (
          <span className="pointer-coarse:hidden">{t("sendHint")}</span>
        )}
      </p>
    </div>
  );
}
