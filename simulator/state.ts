import type { IncomingHttpHeaders } from "node:http";

type RecordedRequest = {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
  /** True once the client hung up before the answer was complete. */
  isClosedEarly: boolean;
};

export type SimulatedTask = {
  id: string;
  token: string;
  prompt: string;
  width: number;
  height: number;
  seed: number;
  pollsLeft: number;
  startedMs: number;
};

export type SimulatorOptions = {
  /** Pause between two frames of a stream. */
  chunkDelayMs: number;
  /** Pause before the first frame. */
  firstChunkDelayMs: number;
  /** How often a picture answers `PENDING` or `RUNNING` before it is done. */
  pollsUntilDone: number;
};

/** Everything the simulator remembers; one object a server. */
export type SimulatorState = {
  options: SimulatorOptions;
  requests: RecordedRequest[];
  tasks: Map<string, SimulatedTask>;
  /** Magicubes by token, in steps of a half. */
  balances: Map<string, number>;
  nextTaskId: number;
};

export function createState(options: SimulatorOptions): SimulatorState {
  return { options, requests: [], tasks: new Map(), balances: new Map(), nextTaskId: 4_003_503 };
}

const START_BALANCE = 250;

export function balanceOf(state: SimulatorState, token: string): number {
  return state.balances.get(token) ?? START_BALANCE;
}

/** Takes the price of a call off a token's balance; false where it does not suffice. */
export function spend(state: SimulatorState, token: string, price: number): boolean {
  const left = balanceOf(state, token) - price;
  if (left < 0) return false;
  state.balances.set(token, left);
  return true;
}
