"use client";

import { useEffect, useRef, useState } from "react";
import { isUnreachable } from "@/lib/client/api";
import type { Attachments, Pictures } from "../common/use-attachments";
import { type Question, toQuestion } from "./transcript-state";
import type { AskOptions, Fault } from "./use-conversation";
import type { ChangeDraft, Draft, Written } from "./use-draft";

type OutboxOptions = {
  draft: Draft;
  change: ChangeDraft;
  attachments: Attachments;
  isBusy: boolean;
  fault: Fault | null;
  ask: (options: AskOptions) => void;
};

const toWritten = ({ text, uploads, pictureUrls }: Question, key: string): Written => ({
  key,
  text,
  uploads,
  pictureUrls,
});

const without = (unsent: readonly Written[], key: string) =>
  unsent.filter((written) => written.key !== key);

/**
 * Questions on their way: each is sent when the answer before has ended, and stays here until the
 * server has it. One that was refused goes back into the box where that is empty. Else it waits, and
 * what comes after it as well, until the user says so; so does one that may have arrived, and what an
 * earlier visit left.
 */
export function useOutbox(options: OutboxOptions) {
  const { draft, change, attachments, isBusy, fault } = options;
  const [askedKey, setAskedKey] = useState<string | null>(null);
  const [isHeld, setIsHeld] = useState(true);
  // Pictures as the box shows them, in case they go back there.
  const pictures = useRef(new Map<string, Pictures>());
  const waiting = draft.unsent.filter(({ key }) => key !== askedKey);

  const drop = (key: string) => {
    const gone = pictures.current.get(key);
    if (gone) attachments.release(gone);
    pictures.current.delete(key);
    change(({ unsent }) => ({ unsent: without(unsent, key) }));
  };

  const send = (written: Written) => {
    setAskedKey(written.key);
    const { key, text, uploads, pictureUrls } = written;
    options.ask({
      key,
      question: toQuestion(text, { uploads, pictureUrls }),
      onSettled: (isTaken) => {
        setAskedKey(null);
        if (!isTaken) return setIsHeld(true);
        drop(key);
        // What it was asked with is the conversation's now.
        return change(() => ({ model: undefined, settings: undefined }));
      },
    });
  };

  const takeBack = (question: Question, key: string, isUnsure: boolean) => {
    const { text, toolResults, uploads } = question;
    if (toolResults.length > 0) return; // they are still where they were typed in
    const taken = pictures.current.get(key);
    const isFree = draft.text === "" && attachments.isEmpty;
    if (isFree && !isUnsure && (uploads.length === 0 || taken)) {
      if (taken) attachments.putBack(taken);
      pictures.current.delete(key);
      change(({ unsent }) => ({ text, unsent: without(unsent, key) }));
    } else {
      change(({ unsent }) => ({ unsent: [toWritten(question, key), ...without(unsent, key)] }));
    }
  };

  const latest = useRef({ send, takeBack });
  latest.current = { send, takeBack };
  useEffect(() => {
    const { question, key, error } = fault ?? {};
    if (question && key) latest.current.takeBack(question, key, isUnreachable(error));
  }, [fault]);
  const next = isBusy || isHeld || askedKey !== null ? undefined : waiting[0];
  useEffect(() => {
    if (next) latest.current.send(next);
  }, [next]);

  return {
    waiting,
    isHeld: isHeld && !isBusy,
    drop,
    /** Sends what waits. */
    resume: () => setIsHeld(false),
    /** Takes what is in the box: asks it now, or once the answer that is awaited has ended. */
    add: () => {
      const taken = attachments.takeOut();
      const { uploads, pictureUrls } = taken;
      const written = toWritten(
        toQuestion(draft.text, { uploads, pictureUrls }),
        crypto.randomUUID(),
      );
      pictures.current.set(written.key, taken);
      const isFirst = waiting.length === 0;
      if (isFirst) setIsHeld(false);
      const isAsked = !isBusy && (isFirst || isHeld);
      change(({ unsent }) => ({
        text: "",
        unsent: isAsked ? [written, ...unsent] : [...unsent, written],
      }));
      if (isAsked) send(written);
    },
  };
}
