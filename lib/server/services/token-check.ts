import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import { chooseCheapest, findPrice } from "@/lib/shared/model-list";
import {
  LIGHTS,
  type TokenCheckBody,
  type TokenLight,
  type TokenReport,
} from "@/lib/shared/schemas/token-check";
import { monotonicMs, now } from "../clock";
import { acceptToken, refuseToken } from "../db/tokens";
import { listModels } from "./models";
import { limitRate } from "./rate-limit";
import { getTokenStatus, openToken } from "./token";
import { CHECKS, toFinding } from "./token-lights";

const CHECK_RATE = { max: 5, windowSeconds: 60 };

/** The model that was asked for, or the cheapest. */
async function chooseOffer(actor: Actor, model: string | undefined): Promise<TokenReport["offer"]> {
  const list = await listModels(actor, { kind: "chat" });
  const id = model ?? chooseCheapest(list);
  return { model: id, price: findPrice(list, id) };
}

const store = globalThis as unknown as { __mspChecks?: Set<string> };

/** Runs `work` unless one is running for this user: a second click must not pay a second call. */
async function once<Value>({ userId }: Actor, work: () => Promise<Value>): Promise<Value> {
  store.__mspChecks ??= new Set();
  const running = store.__mspChecks;
  if (running.has(userId)) throw new AppError("too_many_requests", { retryAfterSeconds: 5 });
  running.add(userId);
  try {
    return await work();
  } finally {
    running.delete(userId);
  }
}

/**
 * Looks at the stored token light by light: known, account may infer, Magicubes left, and, only where
 * asked for since it costs a call, that a model answers. What lies behind a red light is not tested.
 * Throws `too_many_requests` past five in a minute, or while one is running.
 */
export async function checkToken(actor: Actor, body: TokenCheckBody): Promise<TokenReport> {
  await limitRate(`token-check:${actor.userId}`, CHECK_RATE);
  return once(actor, () => lookAtAll(actor, body));
}

/** Keeps what a light tells of the token itself; `at` from before the token was read. */
async function noteVerdict(
  { userId }: Actor,
  { key, state, reason }: TokenLight,
  seen: { at: Date; accountName: string | null },
): Promise<void> {
  if (reason === "wrong" || reason === "deleted") return refuseToken(userId, seen.at);
  const proves = key === "known" || key === "answer";
  if (proves && state === "ok") return acceptToken(userId, seen);
  return undefined;
}

function clearDoubt(light: TokenLight): void {
  const isProved = light.key === "known" || light.key === "account";
  if (isProved && light.state === "unknown") {
    Object.assign(light, { state: "ok", reason: null, text: null });
  }
}

async function lookAtAll(actor: Actor, body: TokenCheckBody): Promise<TokenReport> {
  const [status, offer] = await Promise.all([
    getTokenStatus(actor),
    chooseOffer(actor, body.model),
  ]);
  const facts = {
    accountName: status.accountName,
    available: null as number | null,
    held: null as number | null,
  };
  const lights: TokenLight[] = [];
  for (const key of LIGHTS) {
    const isBlocked = lights.some(({ state }) => state === "failed");
    const isAskedFor = key !== "answer" || body.answer === true;
    if (isBlocked || !isAskedFor) {
      lights.push({ key, state: "not_tested", reason: null, text: null, ms: null });
      continue;
    }
    const [startedMs, at] = [monotonicMs(), now()];
    const finding = await openToken(actor.userId)
      .then((access) => CHECKS[key](actor, access, facts, offer))
      .catch((error) => toFinding(error, status));
    const light = { key, ...finding, ms: Math.round(monotonicMs() - startedMs) };
    lights.push(light);
    await noteVerdict(actor, light, { at, accountName: facts.accountName });
  }
  // Who gets an answer is known and may infer, whatever could not be found out before.
  if (lights.at(-1)?.state === "ok") lights.forEach(clearDoubt);
  const checkedAt = now().toISOString();
  return { lights, site: status.site ?? "cn", ...facts, offer, checkedAt };
}
