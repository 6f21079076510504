import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { toLedgerDay } from "@/lib/shared/calendar";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { toHalfCredits } from "@/lib/shared/magicubes";
import type { ChatBody } from "@/lib/shared/schemas/chat";
import type { Site } from "@/lib/shared/schemas/token";
import { toCalledModel } from "@/lib/shared/wire/thinking-fields";
import type { WireTurn } from "@/lib/shared/wire/turn";
import { now } from "../clock";
import { sha256Hex } from "../crypto/random";
import { type BranchTurn, findBranch } from "../db/messages";
import { findRunByKey } from "../db/runs";
import { insertTurn } from "../db/turns";
import { getSettings } from "../env";
import { startRun } from "../runs/producer";
import { requireAccepting } from "../runs/registry";
import { followLiveRun } from "../runs/ui-stream";
import { requireCallable } from "./callable";
import { type FollowedRun, followRun } from "./run";
import { noteTokenUse, openToken } from "./token";
import { toWireTurns } from "./wire-turns";

const TITLE_LENGTH = 60;

/** The first line of a question, cut at 60 characters. */
function toTitle(text: string): string {
  const [line = ""] = text.trim().split("\n", 1);
  const letters = [...line];
  return letters.length > TITLE_LENGTH ? `${letters.slice(0, TITLE_LENGTH).join("")}…` : line;
}

async function readBranch({ userId }: Actor, body: ChatBody): Promise<BranchTurn[]> {
  if (!body.conversationId) {
    if (body.parentMessageId) throw new AppError("not_found");
    return [];
  }
  const branch = await findBranch(userId, body.conversationId, body.parentMessageId ?? null);
  if (!branch) throw new AppError("not_found");
  return branch;
}

/**
 * The run of a key that was used before: the same answer for the same body, never a second call. Null
 * for a new key.
 */
async function followEarlier(
  actor: Actor,
  key: string,
  bodyHash: string,
): Promise<FollowedRun | null> {
  const earlier = await findRunByKey(actor.userId, key);
  if (!earlier) return null;
  if (earlier.bodyHash !== bodyHash) throw new AppError("idempotency_mismatch");
  return followRun(actor, earlier.id);
}

/** The run that a request with the same key has begun a moment ago. */
async function followTwin(actor: Actor, key: string, bodyHash: string): Promise<FollowedRun> {
  const twin = await followEarlier(actor, key, bodyHash);
  if (!twin) throw new AppError("not_found");
  return twin;
}

/** The question with its history, for a model that can take it. Throws `invalid_request`. */
async function prepare(
  { userId }: Actor,
  body: ChatBody,
  branch: readonly BranchTurn[],
  { model, site }: { model: string; site: Site },
): Promise<{ turns: WireTurn[]; price: number | null }> {
  const { text, uploads = [] } = body.message;
  const { price, kinds } = await requireCallable(userId, model, site);
  if (kinds && !kinds.includes("chat")) {
    throw new AppError("invalid_request", { fields: { model: { key: "modelNotChat" } } });
  }
  const question = { role: "user" as const, text, uploadIds: uploads };
  const canSee = kinds?.includes("vision") ?? true;
  return { turns: await toWireTurns(userId, [...branch, question], canSee), price };
}

/**
 * Asks a model: everything is written before ModelScope is called, the run is the server's from
 * then on, and the answer is its first reader. The history is rebuilt from the database; a caller
 * adds exactly one question. Throws `invalid_request` for a model that is not served or cannot see,
 * `not_found`, `token_missing`, `token_needs_reentry`, `idempotency_mismatch`, `restarting`,
 * `database_down`.
 */
export async function startChat(actor: Actor, body: ChatBody): Promise<FollowedRun> {
  requireAccepting();
  const { idempotencyKey, ...asked } = body;
  const bodyHash = sha256Hex(JSON.stringify(asked));
  const startedAt = now(); // before the token is read: what its call tells is told of that token
  const [{ token, site, isDoubted }, branch, earlier] = await Promise.all([
    openToken(actor.userId),
    readBranch(actor, body),
    followEarlier(actor, idempotencyKey, bodyHash),
  ]);
  if (earlier) return earlier;
  const model = toCalledModel(body.model, body.settings);
  const { turns, price } = await prepare(actor, body, branch, { model, site });
  const identity = {
    id: newId("run"),
    userId: actor.userId,
    conversationId: body.conversationId ?? newId("conversation"),
    messageId: newId("message"),
    model,
    startedAt,
  };
  const isNew = await insertTurn(actor.userId, {
    runId: identity.id,
    conversationId: identity.conversationId,
    isNewConversation: body.conversationId === undefined,
    title: toTitle(body.message.text),
    questionId: newId("message"),
    parentId: branch.at(-1)?.id ?? null,
    answerId: identity.messageId,
    usageId: newId("usage"),
    idempotencyKey,
    bodyHash,
    model: body.model,
    settings: body.settings,
    text: body.message.text,
    uploadIds: body.message.uploads ?? [],
    kind: turns.some(({ pictures = [] }) => pictures.length > 0) ? "vision" : "chat",
    protocol: body.settings.protocol ?? "openai",
    calledModel: model,
    priceHalfCredits: toHalfCredits(price),
    day: toLedgerDay(startedAt),
    leaseMs: getSettings().RUN_LEASE_MS,
    startedAt,
  });
  if (!isNew) return followTwin(actor, idempotencyKey, bodyHash);
  void noteTokenUse(actor.userId).catch(() => undefined);
  const run = startRun(identity, {
    token,
    site,
    isDoubted,
    model,
    settings: body.settings,
    turns,
  });
  return { runId: run.id, conversationId: run.conversationId, stream: followLiveRun(run) };
}
