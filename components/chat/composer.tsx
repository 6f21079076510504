"use client";

import { Square, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { KeyboardEvent, ReactNode } from "react";
import { MESSAGE_MAX_LENGTH } from "@/lib/shared/schemas/chat";
import { AttachButtons } from "../common/attach-buttons";
import { AttachmentRow } from "../common/attachment-row";
import type { Attachments } from "../common/use-attachments";
import { Button } from "../ui/button";
import { IconButton } from "../ui/icon-button";
import { useHydrated } from "../ui/use-hydrated";
import { isSendKey, useComposition } from "./use-composition";
import type { useOutbox } from "./use-outbox";

type ComposerProps = {
  placeholder: string;
  labels: { send: string; stop: string };
  /** Magicubes a call; null where it is not known. */
  price: number | null;
  draft: {
    text: string;
    /** The question before, brought back by ↑ in an empty box. */
    previous: string;
    onText: (text: string) => void;
  };
  attachments: Attachments;
  /** Where questions wait for the answer before; without it nothing is sent meanwhile. */
  outbox?: ReturnType<typeof useOutbox>;
  isBusy: boolean;
  /** Our server is out of reach just now. */
  isLost: boolean;
  isDisabled: boolean;
  /** Beside the tools. */
  children?: ReactNode;
  onSend: () => void;
  onStop: () => void;
};

/** What the pictures in the box keep from being sent: they are on their way, or nobody could see them. */
const arePicturesReady = ({ isBusy, fault, isEmpty, canSee }: Attachments) =>
  !isBusy && !fault && (isEmpty || canSee);

/** Where a question is written. Enter sends, Shift Enter breaks the line; never while an input method composes. */
export function Composer(props: ComposerProps) {
  const { labels, price, draft, attachments, outbox, isBusy, isDisabled, onSend, onStop } = props;
  const t = useTranslations("chat");
  const tModel = useTranslations("model");
  const isReady = useHydrated();
  const { isComposing, handlers } = useComposition();
  const { text, previous, onText } = draft;
  const over = text.length - MESSAGE_MAX_LENGTH;
  const isWritten = text.trim() !== "" && over <= 0;
  const isFree = !isBusy || outbox !== undefined;
  const canSend = isReady && isWritten && isFree && !isDisabled && arePicturesReady(attachments);
  const onEnter = (event: KeyboardEvent) => {
    if (!isSendKey(event)) return;
    event.preventDefault();
    if (canSend) onSend();
  };
  const onArrowUp = (event: KeyboardEvent) => {
    if (text !== "" || !previous) return;
    event.preventDefault();
    onText(previous);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isComposing(event)) return;
    onEnter(event);
    if (event.key === "ArrowUp") onArrowUp(event);
    if (event.key === "Escape" && isBusy) onStop();
  };
  return (
    <div>
      {outbox && <Outbox {...outbox} />}
      <div className="rounded-6 border border-control bg-surface has-focus-visible:outline-2 has-focus-visible:outline-signal">
        <AttachmentRow attachments={attachments} />
        <textarea
          aria-label={t("message")}
          placeholder={props.placeholder}
          value={text}
          rows={1}
          // biome-ignore lint/a11y/noAutofocus: the page is for writing, and nothing stands before this
          autoFocus
          readOnly={!isReady}
          onChange={(event) => onText(event.target.value)}
          onPaste={attachments.onPaste}
          {...handlers}
          onKeyDown={onKeyDown}
          className="block max-h-64 min-h-10 w-full resize-none px-3.5 pt-2.5 pb-1 text-15 leading-[25px] text-ink outline-none [field-sizing:content] max-sm:text-[16px]"
        />
        <div className="flex min-h-[42px] flex-wrap items-center gap-2 pt-1 pr-1.5 pb-1.5 pl-2">
          <AttachButtons attachments={attachments} />
          {props.children}
          <div className="ml-auto flex items-center gap-2">
            {price !== null && (
              <span className="px-1 text-12 whitespace-nowrap text-muted">
                {tModel("approx", { price })}
              </span>
            )}
            {isBusy && !(isWritten && outbox) ? (
              <Button tone="solid" className="min-w-20" onClick={onStop}>
                <Square size={14} strokeWidth={1.75} aria-hidden />
                {labels.stop}
              </Button>
            ) : (
              <>
                {isBusy && (
                  <IconButton label={labels.stop} onClick={onStop}>
                    <Square size={14} strokeWidth={1.75} aria-hidden />
                  </IconButton>
                )}
                <Button tone="solid" className="min-w-20" disabled={!canSend} onClick={onSend}>
                  {isBusy ? t("queue") : labels.send}
                </Button>
              </>
            )}
          </div>
        </div>
      </div>
      <Hints over={over} isUnseen={!attachments.isEmpty && !attachments.canSee} {...props} />
    </div>
  );
}

type HintsProps = { over: number; isUnseen: boolean; isBusy: boolean; isLost: boolean };

/** What to know below the box. */
function Hints({ over, isUnseen, isBusy, isLost }: HintsProps) {
  const t = useTranslations("chat");
  return (
    <>
      {over > 0 && (
        <p role="alert" className="mt-1.5 text-12 text-bad">
          {t("tooLong", { max: MESSAGE_MAX_LENGTH })}{" "}
          <span aria-hidden>{t("tooMany", { over })}</span>
        </p>
      )}
      {isUnseen && (
        <p role="alert" className="mt-1.5 text-12 text-bad">
          {t("cannotSee")}
        </p>
      )}
      <p className="mt-1.5 text-12 text-muted" role={isLost ? "status" : undefined}>
        {isBusy ? (
          <span>{t(isLost ? "lost" : "keepsRunning")}</span>
        ) : (
          <span className="pointer-coarse:hidden">{t("sendHint")}</span>
        )}
      </p>
    </>
  );
}

function Outbox({ waiting, isHeld, drop, resume }: ReturnType<typeof useOutbox>) {
  const t = useTranslations("chat");
  if (waiting.length === 0) return null;
  return (
    <section aria-label={t("queued")} className="mb-2 rounded-6 border border-hair text-13">
      {isHeld && (
        <p className="flex items-center gap-3 border-b border-hair py-1.5 pr-1.5 pl-3.5 text-12 text-muted">
          <span className="flex-1">{t("held")}</span>
          <Button size="compact" onClick={resume}>
            {t("sendHeld")}
          </Button>
        </p>
      )}
      <ol aria-label={t("queued")}>
        {waiting.map(({ key, text, uploads, pictureUrls }, index) => (
          <li
            key={key}
            className="flex items-center gap-2 border-t border-hair py-0.5 pr-1 pl-3.5 first:border-t-0"
          >
            <span className="shrink-0 text-12 text-muted">
              {t("queuedAs", { place: index + 1 })}
            </span>
            <span className="min-w-0 flex-1 truncate text-ink">{text}</span>
            {uploads.length + pictureUrls.length > 0 && (
              <span className="shrink-0 text-12 text-muted">
                {t("pictures", { count: uploads.length + pictureUrls.length })}
              </span>
            )}
            <IconButton label={t("unqueue")} onClick={() => drop(key)}>
              <X size={14} strokeWidth={1.75} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ol>
    </section>
  );
}
