"use client";

import { type ReactNode, useRef } from "react";
import { useInView } from "../common/use-in-view";
import type { Turn as TurnData } from "./transcript-state";
import { Turn } from "./turn";
import type { TurnActions } from "./turn-actions";
import type { Live } from "./use-live";

type TranscriptProps = {
  turns: TurnData[];
  hasEarlier: boolean;
  live: Live | null;
  /** A message that a link leads to. */
  linkedId: string | null;
  actions: TurnActions;
  /** Magicubes a call; null where it is not known. */
  priceOf: (model: string) => number | null;
  /** What stands there before the first question. */
  empty: ReactNode;
  onEarlier: () => void;
};

/** The turns of a conversation; those out of view cost nothing to draw, those before them come when needed. */
export function Transcript(props: TranscriptProps) {
  const { turns, hasEarlier, live, linkedId, actions, priceOf, empty, onEarlier } = props;
  const sentinel = useInView(onEarlier, hasEarlier);
  const isIdle = live === null;
  // The last question stands at the top of the view, with room below for its answer.
  const asked = useRef<string | null>(null);
  const last = turns.at(-1);
  if (live && last) asked.current = last.key;
  const hasRoom = last !== undefined && asked.current === last.key;
  return (
    <div
      role="log"
      aria-live="off"
      className="mx-auto w-full max-w-[calc(var(--measure)+104px)] px-6 pt-5 pb-3 @max-lg:px-4"
    >
      {hasEarlier && <div ref={sentinel} className="h-px" />}
      {turns.map((turn, index) => (
        <Turn
          key={turn.key}
          turn={turn}
          live={live?.key === turn.key ? live : null}
          isIdle={isIdle}
          isLast={index === turns.length - 1}
          hasRoom={hasRoom && turn === last}
          isLinked={turn.id === linkedId}
          price={turn.run ? priceOf(turn.run.model) : null}
          actions={actions}
        />
      ))}
      {turns.length === 0 && empty}
    </div>
  );
}
