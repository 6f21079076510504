import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { startOfLedgerDay, toLedgerDay } from "@/lib/shared/calendar";
import { AppError } from "@/lib/shared/errors";
import { newId } from "@/lib/shared/ids";
import type { ChatBody, ToolResult } from "@/lib/shared/schemas/chat";
import type { Site } from "@/lib/shared/schemas/token";
import { toCalledModel } from "@/lib/shared/wire/thinking-fields";
import type { WireTurn } from "@/lib/shared/wire/turn";
import { now } from "../clock";
import { sha256Hex } from "../crypto/random";
import { type AskContext, type BranchTurn, findAskContext } from "../db/ask-context";
import type { ReachedLimit } from "../db/limits";
import { findRunByKey } from "../db/runs";
import type { FoundSession, SessionKey } from "../db/sessions";
import { insertTurn, type NewTurn } from "../db/turns";
import { getSettings } from "../env";
import { trackInFlight } from "../in-flight";
import { requireWorking } from "../runs/breaker";
import { followLiveRun } from "../runs/follow";
import { startRun } from "../runs/producer";
import { requireAccepting } from "../runs/registry";
import { toToolCalls } from "../runs/run-view";
import { judgeModel } from "./callable";
import { toLimitError } from "./limits";
import { toLedgerPrice } from "./prices";
import { type FollowedRun, followRun } from "./run";
import { titleConversation } from "./titles";
import { openTokenRow } from "./token";
import { toWireTurns } from "./wire-turns";

const TITLE_LENGTH = 60;
/** Calls of one user that may run and wait at a time. */
const MAX_LANE_SIZE = 32;

/** The first line of a question, cut at 60 characters. */
function toTitle(text: string): string {
  const [line = ""] = text.trim().split("\n", 1);
  const letters = [...line];
  return letters.length > TITLE_LENGTH ? `${letters.slice(0, TITLE_LENGTH).join("")}…` : line;
}

/** The run of a key that was used before: the same answer for the same body, never a second call. */
function followEarlier(
  actor: Actor,
  earlier: NonNullable<AskContext["earlier"]>,
  bodyHash: string,
): Promise<FollowedRun> {
  if (earlier.bodyHash !== bodyHash) throw new AppError("idempotency_mismatch");
  return followRun(actor, earlier.id);
}

/** The run that a request with the same key has begun a moment ago. Throws what forbids a new one. */
async function followTwin(
  actor: Actor,
  key: string,
  bodyHash: string,
  fault: ReachedLimit | null,
): Promise<FollowedRun> {
  const twin = await findRunByKey(actor.userId, key);
  if (!twin && fault) throw toLimitError(fault);
  if (!twin) throw new AppError("not_found");
  return followEarlier(actor, twin, bodyHash);
}

/** What is asked, beside the turns it goes on from; null where the last of those is asked again. */
type Question = Omit<NonNullable<NewTurn["question"]>, "toolResults"> & {
  toolResults: ToolResult[] | null;
};

const refuse = (field: string, key: string) =>
  new AppError("invalid_request", { fields: { [field]: { key } } });

/** Throws `invalid_request` where the results are not those of the calls they follow. */
function requireOwnCalls(results: readonly ToolResult[], parent: BranchTurn | undefined): void {
  const asked = toToolCalls(parent?.toolCalls).map(({ id }) => id);
  const given = results.map(({ id }) => id);
  const isWhole = asked.length > 0 && new Set(given).size === given.length;
  if (!isWhole || asked.length !== given.length || !asked.every((id) => given.includes(id))) {
    throw refuse("message.toolResults", "toolResults");
  }
}

/** A new question; or none, where the one that stands there is answered anew. */
function toQuestion({ message }: ChatBody, branch: readonly BranchTurn[]): Question | null {
  const parent = branch.at(-1);
  if (!message) {
    if (parent?.role !== "user") throw refuse("parentMessageId", "notAQuestion");
    return null;
  }
  const id = newId("message");
  const { text = "", uploads = [], pictureUrls = [], toolResults = null } = message;
  if (toolResults) requireOwnCalls(toolResults, parent);
  return { id, text, uploadIds: uploads, pictureUrls, toolResults };
}

/** `readAt`: from before the token was read. What its call tells is told of that token. */
type Known = AskContext & { readAt: Date };

/**
 * Who asks, with what must be known before the model is asked: for {@link startChat}; null for a
 * stranger.
 */
export async function identifyAsker(
  session: SessionKey,
  body: ChatBody,
): Promise<{ session: FoundSession; found: Known } | null> {
  const readAt = now();
  const { conversationId = null, parentMessageId, idempotencyKey } = body;
  const context = await findAskContext(
    session,
    { conversationId, parentId: parentMessageId },
    {
      idempotencyKey,
      model: toCalledModel(body.model, body.settings),
      dayStart: startOfLedgerDay(readAt),
    },
  );
  return context && { session: context.session, found: { ...context, readAt } };
}

/** The turns that are gone on from. Throws `not_found` where they are not the user's, or nowhere. */
function requireBranch({ branch }: AskContext, body: ChatBody): BranchTurn[] {
  const isNowhere = body.conversationId === undefined && body.parentMessageId;
  if (!branch || isNowhere) throw new AppError("not_found");
  return branch;
}

type Prepared = { turns: WireTurn[]; price: number | null };

/** The question with its history, for a model that can take it. Throws `invalid_request`. */
async function prepare(
  { userId }: Actor,
  { model, site }: { model: string; site: Site },
  context: AskContext & { branch: BranchTurn[] },
  question: Question | null,
): Promise<Prepared> {
  const { price, kinds } = await judgeModel(model, site, context);
  if (kinds && !kinds.includes("chat")) throw refuse("model", "modelNotChat");
  const turns = [
    ...context.branch,
    ...(question ? [{ ...question, role: "user" as const, toolCalls: null }] : []),
  ];
  return { turns: await toWireTurns(userId, turns, kinds?.includes("vision") ?? true), price };
}

/**
 * Asks a model: everything is written before ModelScope is called, the run is the server's from
 * then on, and the answer is its first reader. The history is rebuilt from the database; a caller
 * adds exactly one question, or none and has the last one answered anew. Throws `invalid_request` for
 * a model that is not served or cannot see, `model_failing`, `lane_full`, `not_found`,
 * `token_missing`, `token_needs_reentry`, `idempotency_mismatch`, `restarting`, `database_down`.
 */
export async function startChat(actor: Actor, body: ChatBody, found: Known): Promise<FollowedRun> {
  requireAccepting();
  const { userId } = actor;
  const { idempotencyKey, ...asked } = body;
  const bodyHash = sha256Hex(JSON.stringify(asked));
  const startedAt = found.readAt;
  const model = toCalledModel(body.model, body.settings);
  const context = { ...found, branch: requireBranch(found, body) };
  if (context.earlier) return followEarlier(actor, context.earlier, bodyHash);
  const access = openTokenRow(userId, context.token);
  const { site } = access;
  const question = toQuestion(body, context.branch);
  if (context.laneSize >= MAX_LANE_SIZE) throw new AppError("lane_full", { retryAfterSeconds: 10 });
  const { turns, price } = await prepare(actor, { model, site }, context, question);
  requireWorking({ site, model });
  const identity = {
    id: newId("run"),
    userId,
    conversationId: body.conversationId ?? newId("conversation"),
    messageId: newId("message"),
    parentId: question?.id ?? context.branch.at(-1)?.id ?? null,
    model,
    startedAt,
  };
  const written = await insertTurn(userId, {
    runId: identity.id,
    conversationId: identity.conversationId,
    isNewConversation: body.conversationId === undefined,
    isColumn: body.isColumn ?? false,
    title: toTitle(question?.text ?? ""),
    question,
    parentId: context.branch.at(-1)?.id ?? null,
    answerId: identity.messageId,
    usageId: newId("usage"),
    idempotencyKey,
    bodyHash,
    model: body.model,
    settings: body.settings,
    kind: turns.some(({ pictures = [] }) => pictures.length > 0) ? "vision" : "chat",
    protocol: body.settings.protocol ?? "openai",
    calledModel: model,
    ...toLedgerPrice(site, model, price),
    day: toLedgerDay(startedAt),
    leaseMs: getSettings().RUN_LEASE_MS,
    startedAt,
  });
  if (!written.isNew) return followTwin(actor, idempotencyKey, bodyHash, written.fault);
  const run = startRun(
    { ...identity, calledAt: written.calledAt },
    { ...access, model, settings: body.settings, turns },
  );
  const { conversationId } = run;
  if (body.conversationId === undefined) {
    void trackInFlight(run.ended.then(() => titleConversation(actor, conversationId)));
  }
  return { runId: run.id, conversationId, stream: followLiveRun(run) };
}
