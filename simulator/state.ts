import type { IncomingHttpHeaders } from "node:http";
import { type Clock, createClock, DAY_MS } from "./clock.ts";
import type { Endpoint } from "./http.ts";
import type { SimulatorOptions } from "./options.ts";

export type RecordedRequest = {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: unknown;
  /** Status of the answer; null while there is none. */
  readonly status: number | null;
  /** True once the client hung up before the answer was complete. */
  isClosedEarly: boolean;
};

export type SimulatedTask = {
  id: string;
  token: string;
  model: string;
  prompt: string;
  width: number;
  height: number;
  seed: number;
  pollsLeft: number;
  /** Polls that were made. */
  polls: number;
  startedMs: number;
  /** Magicubes that were taken for it; 0 once they were given back. */
  price: number;
};

/** Everything the simulator remembers; one object a server. */
export type SimulatorState = {
  options: SimulatorOptions;
  clock: Clock;
  requests: RecordedRequest[];
  /** Answer in place of the endpoint of a path (exact), after the request was recorded. */
  interceptors: Map<string, Endpoint>;
  tasks: Map<string, SimulatedTask>;
  /** Magicubes by token, in steps of a half. */
  balances: Map<string, number>;
  /** When a token's Magicubes were granted. */
  grantedMs: Map<string, number>;
  /** Calls of a quota day, by day and token, and by day, token and model. */
  dailyCalls: Map<string, number>;
  /** Calls by token and model, for what is refused a few times only. */
  attempts: Map<string, number>;
  /** Open calls by token. */
  running: Map<string, number>;
  nextTaskId: number;
};

export function createState(options: SimulatorOptions): SimulatorState {
  return {
    options,
    clock: createClock(),
    requests: [],
    interceptors: new Map(),
    tasks: new Map(),
    balances: new Map(),
    grantedMs: new Map(),
    dailyCalls: new Map(),
    attempts: new Map(),
    running: new Map(),
    nextTaskId: 4_003_503,
  };
}

/** 200 for logging in and 50 for a bound account. */
const START_BALANCE = 250;

/** Adds one to a counter and gives the new count. */
export function countUp(counts: Map<string, number>, key: string): number {
  const count = (counts.get(key) ?? 0) + 1;
  counts.set(key, count);
  return count;
}

/** Granted Magicubes live 24 hours from the grant; what is left of them is lost then. */
function expireGrant(state: SimulatorState, token: string): void {
  const now = state.clock.nowMs();
  const granted = state.grantedMs.get(token);
  if (granted !== undefined && now - granted < DAY_MS) return;
  state.grantedMs.set(token, now);
  if (granted !== undefined)
    state.balances.set(token, state.options.visitsSite ? START_BALANCE : 0);
}

export function balanceOf(state: SimulatorState, token: string): number {
  expireGrant(state, token);
  return state.balances.get(token) ?? START_BALANCE;
}

/** Takes the price of a call off a token's balance; false where it does not suffice. */
export function spend(state: SimulatorState, token: string, price: number): boolean {
  const left = balanceOf(state, token) - price;
  if (left < 0) return false;
  state.balances.set(token, left);
  return true;
}
