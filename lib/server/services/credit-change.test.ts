import { expect, it } from "vitest";
import { explainChange, type OwnCall, type Segment } from "./credit-change";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 26, 3, minute));
const call = (from: number, to: number, price: number | null, id = "one"): OwnCall => ({
  id,
  model: "a/b",
  askedAt: at(from),
  endedAt: at(to),
  isComplete: true,
  price,
});
const segment = (change: Partial<Segment>): Segment => ({
  before: 500,
  after: 500,
  from: at(0),
  to: at(30),
  calls: [],
  mayLapse: false,
  hasDoubtfulAttempt: false,
  isNew: false,
  ...change,
});
const NOTHING = { elsewhere: 0, unclear: 0, granted: 0, measured: null };
const seen = (price: number) => ({ id: "one", model: "a/b", price });

const CASES: { name: string; of: Partial<Segment>; is: object }[] = [
  { name: "nothing happened", of: {}, is: NOTHING },
  { name: "without a call of ours: elsewhere", of: { after: 476 }, is: { elsewhere: 24 } },
  {
    name: "one call that cost what was believed",
    of: { after: 498, calls: [call(1, 2, 2)] },
    is: { measured: seen(2) },
  },
  {
    name: "one call of unknown price: the change is its price",
    of: { after: 499, calls: [call(1, 2, null)] },
    is: { measured: seen(1) },
  },
  {
    name: "one call that cost less than was believed",
    of: { after: 499, calls: [call(1, 2, 4)] },
    is: { measured: seen(1) },
  },
  {
    name: "one call and more than it costs: the rest is elsewhere, unless the price was wrong",
    of: { after: 496, calls: [call(1, 2, 2)] },
    is: { measured: seen(4), elsewhere: 2 },
  },
  {
    name: "one call and what no call costs",
    of: { after: 477, calls: [call(1, 2, 2)] },
    is: { elsewhere: 21 },
  },
  {
    name: "two calls one after the other",
    of: { after: 490, calls: [call(1, 2, 2), call(3, 4, 4, "two")] },
    is: { elsewhere: 4 },
  },
  {
    name: "two calls at once: what is more than theirs is unclear",
    of: { after: 490, calls: [call(1, 4, 2), call(3, 5, 4, "two")] },
    is: { unclear: 4 },
  },
  {
    name: "two calls at once that cost just what left",
    of: { after: 494, calls: [call(1, 4, 2), call(3, 5, 4, "two")] },
    is: {},
  },
  {
    name: "two calls, one of unknown price",
    of: { after: 490, calls: [call(1, 2, 2), call(3, 4, null, "two")] },
    is: { unclear: 8 },
  },
  {
    name: "nobody read for more than an hour",
    of: { after: 480, to: at(61) },
    is: { unclear: 20 },
  },
  { name: "what is known of lapsed", of: { after: 480, mayLapse: true }, is: { unclear: 20 } },
  {
    name: "an attempt that failed after it was sent may have been charged",
    of: { after: 496, hasDoubtfulAttempt: true },
    is: { unclear: 4 },
  },
  {
    name: "a new account that loses much at once: it may be what it had before",
    of: { after: 480, isNew: true },
    is: { unclear: 20 },
  },
  {
    name: "a new account that loses little",
    of: { after: 490, isNew: true },
    is: { elsewhere: 10 },
  },
  {
    name: "one call without a trace in the balance: its price stays what is believed",
    of: { calls: [call(1, 2, 2)] },
    is: {},
  },
  { name: "one call of unknown price without a trace", of: { calls: [call(1, 2, null)] }, is: {} },
  {
    name: "one call that is free, and was",
    of: { calls: [call(1, 2, 0)] },
    is: { measured: seen(0) },
  },
  {
    name: "one call that broke off shows no price",
    of: { after: 498, calls: [{ ...call(1, 2, 4), isComplete: false }] },
    is: {},
  },
  { name: "a rise is a grant", of: { after: 600 }, is: { granted: 100 } },
  {
    name: "a rise across a call is a grant of more",
    of: { after: 598, calls: [call(1, 2, 2)] },
    is: { granted: 100 },
  },
  {
    name: "many calls that cost less than was thought are no grant",
    of: {
      after: 470,
      calls: Array.from({ length: 30 }, (_, n) => call(n, n + 1, 2, `c${n}`)),
    },
    is: {},
  },
  {
    name: "a grant that calls have eaten into",
    of: { after: 590, calls: Array.from({ length: 20 }, (_, n) => call(n, n + 1, 2, `c${n}`)) },
    is: { granted: 130 },
  },
];

for (const { name, of, is } of CASES) {
  it(name, () => expect(explainChange(segment(of))).toEqual({ ...NOTHING, ...is }));
}
