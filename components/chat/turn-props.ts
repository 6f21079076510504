import type { Turn } from "./transcript-state";
import type { TurnActions } from "./turn-actions";
import type { Live } from "./use-live";

export type TurnProps = {
  turn: Turn;
  /** Of the answer that is awaited; null for all others. */
  live: Live | null;
  /** Nothing else is awaited, so that this may be changed. */
  isIdle: boolean;
  isLast: boolean;
  /** Keeps room for an answer that grows, so that its question stays at the top of the view. */
  hasRoom: boolean;
  isLinked: boolean;
  /** Magicubes a call of its model; null where it is not known. */
  price: number | null;
  actions: TurnActions;
};
