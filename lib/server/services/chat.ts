import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { toLedgerDay } from "@/lib/shared/calendar";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import { kindsOf } from "@/lib/shared/models/families";
import type { ChatBody } from "@/lib/shared/schemas/chat";
import { now } from "../clock";
import { sha256Hex } from "../crypto/random";
import { type BranchTurn, findBranch } from "../db/messages";
import { findRunByKey, insertTurn } from "../db/runs";
import { getSettings } from "../env";
import { startRun } from "../runs/producer";
import { requireAccepting } from "../runs/registry";
import { followLiveRun } from "../runs/ui-stream";
import { type FollowedRun, followRun } from "./run";
import { noteTokenUse, openToken } from "./token";

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

/** The run of a key that was used before: the same answer for the same body, never a second call. */
async function followEarlier(actor: Actor, key: string, bodyHash: string): Promise<FollowedRun> {
  const earlier = await findRunByKey(actor.userId, key);
  if (!earlier) throw new AppError("not_found");
  if (earlier.bodyHash !== bodyHash) throw new AppError("idempotency_mismatch");
  return followRun(actor, earlier.id);
}

/**
 * Asks a model: everything is written before ModelScope is called, the run is the server's from
 * then on, and the answer is its first reader. The history is rebuilt from the database; a caller
 * adds exactly one question. Throws `not_found`, `token_missing`, `token_needs_reentry`,
 * `idempotency_mismatch`, `restarting`, `database_down`.
 */
export async function startChat(actor: Actor, body: ChatBody): Promise<FollowedRun> {
  requireAccepting();
  const { idempotencyKey, ...asked } = body;
  if (!kindsOf(body.model).includes("chat")) {
    throw new AppError("invalid_request", { fields: { model: { key: "modelNotChat" } } });
  }
  const [{ token, site }, branch] = await Promise.all([
    openToken(actor.userId),
    readBranch(actor, body),
  ]);
  const startedAt = now();
  const identity = {
    id: newId("run"),
    userId: actor.userId,
    conversationId: body.conversationId ?? newId("conversation"),
    messageId: newId("message"),
    model: body.model,
    startedAt,
  };
  const bodyHash = sha256Hex(JSON.stringify(asked));
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
    day: toLedgerDay(startedAt),
    leaseMs: getSettings().RUN_LEASE_MS,
    startedAt,
  });
  if (!isNew) return followEarlier(actor, idempotencyKey, bodyHash);
  void noteTokenUse(actor.userId).catch(() => undefined);
  const turns = branch.filter(({ text }) => text !== "").map(({ role, text }) => ({ role, text }));
  const run = startRun(identity, {
    token,
    site,
    model: body.model,
    settings: body.settings,
    turns: [...turns, { role: "user", text: body.message.text }],
  });
  return { runId: run.id, conversationId: run.conversationId, stream: followLiveRun(run) };
}
