import type { IncomingHttpHeaders } from "node:http";
import { type Clock, createClock, DAY_MS } from "./clock.ts";
import type { Endpoint } from "./http.ts";
import type { SimulatorOptions } from "./options.ts";
import type { Deployment } from "./site/mcp-deployments.ts";
import { createOauthState, type OauthState } from "./site/oauth-store.ts";

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
  account: string;
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

/** One call that was charged: what a test holds a ledger against. */
export type Bill = {
  account: string;
  model: string;
  /** Magicubes; in the era of daily counts nothing is taken for it. */
  price: number;
  /** What the answer said of tokens; null where it said nothing. */
  tokens: { input: number; output: number } | null;
};

/** Everything the simulator remembers; one object a server. */
export type SimulatorState = {
  options: SimulatorOptions;
  clock: Clock;
  requests: RecordedRequest[];
  /** Answer in place of the endpoint of a path (exact), after the request was recorded. */
  interceptors: Map<string, Endpoint>;
  tasks: Map<string, SimulatedTask>;
  /** Every charge, in order; what is given back stays in it. */
  bills: Bill[];
  /** Magicubes by account, in steps of a half. */
  balances: Map<string, number>;
  /** When an account's Magicubes were granted. */
  grantedMs: Map<string, number>;
  /** Calls of a quota day, by day and account, and by day, account and model. */
  dailyCalls: Map<string, number>;
  /** Calls by account and model, for what is refused a few times only. */
  attempts: Map<string, number>;
  /** Open calls by account. */
  running: Map<string, number>;
  nextTaskId: number;
  oauth: OauthState;
  /** What runs of the MCP plaza, by user. */
  deployments: Map<string, Deployment[]>;
};

export function createState(options: SimulatorOptions): SimulatorState {
  return {
    options,
    clock: createClock(),
    requests: [],
    interceptors: new Map(),
    tasks: new Map(),
    bills: [],
    balances: new Map(),
    grantedMs: new Map(),
    dailyCalls: new Map(),
    attempts: new Map(),
    running: new Map(),
    nextTaskId: 4_003_503,
    oauth: createOauthState(),
    deployments: new Map(),
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
function expireGrant(state: SimulatorState, account: string): void {
  const now = state.clock.nowMs();
  const granted = state.grantedMs.get(account);
  if (granted !== undefined && now - granted < DAY_MS) return;
  state.grantedMs.set(account, now);
  if (granted !== undefined)
    state.balances.set(account, state.options.visitsSite ? START_BALANCE : 0);
}

export function balanceOf(state: SimulatorState, account: string): number {
  expireGrant(state, account);
  return state.balances.get(account) ?? START_BALANCE;
}

/** Takes the price of a call off an account's balance; false where it does not suffice. */
export function spend(state: SimulatorState, account: string, price: number): boolean {
  const left = balanceOf(state, account) - price;
  if (left < 0) return false;
  state.balances.set(account, left);
  return true;
}
