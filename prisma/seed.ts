// Fills an empty database with demo data: two users with the simulator's tokens and some history.
import { hashPassword } from "@/lib/server/crypto/password";
import { sha256Hex } from "@/lib/server/crypto/random";
import { seal } from "@/lib/server/crypto/sealed";
import { beginSubmit } from "@/lib/server/db/image-lane";
import { insertImages } from "@/lib/server/db/image-orders";
import { finishTask, saveTaskId } from "@/lib/server/db/image-tasks";
import { getPool } from "@/lib/server/db/pool";
import { endRun, type RunEnding } from "@/lib/server/db/runs";
import { insertFirstAdministrator } from "@/lib/server/db/setup";
import { markTokenUsed, replaceToken } from "@/lib/server/db/tokens";
import { insertTurn } from "@/lib/server/db/turns";
import { insertUser } from "@/lib/server/db/users";
import { putFile } from "@/lib/server/storage/files";
import { reencodePicture, toThumbnail } from "@/lib/server/storage/picture";
import type { UserId } from "@/lib/shared/actor";
import { DAY_MS, toLedgerDay } from "@/lib/shared/calendar";
import { newId } from "@/lib/shared/ids";
import { toHalfCredits } from "@/lib/shared/magicubes";
import { Secret } from "@/lib/shared/secret";
import { drawLandscape } from "@/simulator/landscape";
import { CHAT_MODELS, IMAGE_MODELS } from "@/simulator/models/all-models";
import { countTokens } from "@/simulator/replies";
import demo from "./demo.json" with { type: "json" };
import { drawLuck, random, STATUSES } from "./demo-luck";

const DONE_KEY = "demo-seeded";
const MINUTE_MS = 60_000;
const startedAt = Date.now();

async function storeToken(userId: UserId, token: string): Promise<void> {
  const id = newId("token");
  await replaceToken(userId, {
    id,
    sealed: seal(new Secret(token), { purpose: "provider-token", userId, rowId: id }),
    last4: token.slice(-4),
    site: "cn",
    state: "valid",
    accountName: `simulated-${token.slice(-4)}`,
    createdAt: new Date(startedAt - 14 * DAY_MS),
  });
  await markTokenUsed(userId, new Date(startedAt - 20 * MINUTE_MS));
}

/** What the simulator takes for a call of the model. */
function toPrice(model: string) {
  const price = (CHAT_MODELS[model] ?? IMAGE_MODELS[model])?.price ?? null;
  return {
    priceHalfCredits: toHalfCredits(price),
    priceSource: price === null ? null : "listed",
  } as const;
}

type Turn = { question: string; answer: string; model: string; at: Date };

async function addTurn(
  userId: UserId,
  conversation: { id: string; title: string; isNew: boolean; parentId: string | null },
  turn: Turn,
): Promise<string> {
  const runId = newId("run");
  const answerId = newId("message");
  await insertTurn(userId, {
    runId,
    conversationId: conversation.id,
    isNewConversation: conversation.isNew,
    title: conversation.title,
    isColumn: false,
    question: {
      id: newId("message"),
      text: turn.question,
      uploadIds: [],
      pictureUrls: [],
      toolResults: null,
    },
    parentId: conversation.parentId,
    answerId,
    usageId: newId("usage"),
    idempotencyKey: runId,
    bodyHash: sha256Hex(turn.question),
    model: turn.model,
    settings: {},
    kind: "chat",
    protocol: "openai",
    calledModel: turn.model,
    ...toPrice(turn.model),
    day: toLedgerDay(turn.at),
    leaseMs: 1_000,
    startedAt: turn.at,
  });
  await endRun(runId, toEnding(turn));
  return answerId;
}

function toEnding({ question, answer, at }: Turn): RunEnding {
  const luck = answer === "" ? drawLuck() : "good";
  const isReported = luck === "good";
  const after = (ms: number) => new Date(at.getTime() + Math.round(ms));
  const firstMs = 400 + random() * 1_600;
  const outputTokens = countTokens(answer) + Math.round(random() * 400);
  return {
    status: STATUSES[luck],
    text: answer,
    reasoning: "",
    toolCalls: [],
    errorText: null,
    finishReason: STATUSES[luck] === "complete" ? "stop" : null,
    errorCode: luck === "refused" ? "rate_limited" : null,
    isCall: luck !== "refused",
    inputTokens: isReported ? countTokens(question) + Math.round(random() * 600) : null,
    outputTokens: isReported ? outputTokens : null,
    reasoningTokens: null,
    tokenSource: isReported ? "reported" : "none",
    calledAt: at,
    textAt: null,
    firstTokenAt: luck === "refused" ? null : after(firstMs),
    endedAt: after(firstMs + outputTokens * 20),
    upstreamRequestId: null,
  };
}

/** Conversations to read, the newest some minutes old. */
async function addConversations(userId: UserId): Promise<void> {
  for (const [index, { title, model, turns }] of demo.conversations.entries()) {
    const id = newId("conversation");
    const begin = startedAt - 20 * MINUTE_MS - index * 0.8 * DAY_MS;
    let parentId: string | null = null;
    for (const [step, { question, answer }] of turns.entries()) {
      const at = new Date(begin + step * 2 * MINUTE_MS);
      parentId = await addTurn(
        userId,
        { id, title, isNew: step === 0, parentId },
        { question, answer, model, at },
      );
    }
  }
}

/** One long-running conversation that fills the ledger of two weeks. */
async function addLedger(userId: UserId, title: string, callsADay: number): Promise<void> {
  const id = newId("conversation");
  let parentId: string | null = null;
  for (let daysAgo = 13; daysAgo >= 0; daysAgo -= 1) {
    const calls = Math.round(callsADay * (0.3 + random()));
    for (let call = 0; call < calls; call += 1) {
      const at = new Date(
        startedAt - daysAgo * DAY_MS - Math.round((0.1 + random() * 0.8) * 8 * 60 * MINUTE_MS),
      );
      const model = demo.models[Math.floor(random() ** 1.6 * demo.models.length)] ?? "";
      const isNew = parentId === null;
      const turn = { question: demo.ping, answer: "", model, at };
      parentId = await addTurn(userId, { id, title, isNew, parentId }, turn);
    }
  }
}

async function addPictures(userId: UserId): Promise<void> {
  for (const [index, picture] of demo.pictures.entries()) {
    const id = newId("image");
    const createdAt = new Date(startedAt - 30 * MINUTE_MS - index * 0.7 * DAY_MS);
    const { prompt, model, seed, size } = picture;
    const batch = {
      idempotencyKey: id,
      bodyHash: sha256Hex(id),
      prompt,
      uploadIds: [],
      kind: "image",
      gridId: null,
      day: toLedgerDay(createdAt),
      createdAt,
    } as const;
    const usageId = newId("usage");
    await insertImages(userId, batch, [
      {
        id,
        usageId,
        model,
        ...toPrice(model),
        parameters: { seed, size },
        gridCell: null,
      },
    ]);
    const [width = 1024, height = 1024] = size.split("x").map(Number);
    const stored = await reencodePicture(drawLandscape(width, height, seed));
    const storageKey = `images/${id}.${stored.format}`;
    await putFile(storageKey, stored.bytes);
    const thumbKey = `thumbs/${id}.webp`;
    await putFile(thumbKey, await toThumbnail(stored.bytes));
    await beginSubmit(id);
    await saveTaskId(id, `demo-${index}`, null, 0);
    const timeTakenMs = Math.round(4_000 + random() * 3_000);
    await finishTask(
      id,
      {
        storageKey,
        thumbKey,
        mediaType: stored.mediaType,
        width,
        height,
        sizeBytes: stored.bytes.byteLength,
        sha256: sha256Hex(stored.bytes),
      },
      { usedSeed: seed, timeTakenMs, endedAt: new Date(createdAt.getTime() + timeTakenMs) },
    );
  }
}

/** The ledger of pictures that were made long ago is not to say that they were asked for just now. */
async function datePictures(): Promise<void> {
  await getPool().query(
    `update "UsageEntry" set "calledAt" = "startedAt" where "imageId" is not null`,
  );
}

/** Whether the demo's data are complete. Throws where somebody else's data are in the database. */
async function isSeeded(): Promise<boolean> {
  const emails = Object.values(demo.users).map(({ email }) => email);
  const { rows } = await getPool().query(
    `select (select count(*) from "User" where not email = any($1))::int as strangers,
            exists (select from "Setting" where key = $2) as done`,
    [emails, DONE_KEY],
  );
  if (rows[0].strangers > 0) {
    throw new Error(
      "the database is in use; the demo needs an empty one (leave DATABASE_URL unset)",
    );
  }
  return rows[0].done;
}

/** Makes the demo's users with their history; what an interrupted start left is made anew. */
export async function seedDemo(): Promise<void> {
  if (await isSeeded()) return;
  await getPool().query(`delete from "Setup"`);
  await getPool().query(`delete from "User"`);
  const { administrator, member } = demo.users;
  const administratorId = newId("user") as UserId;
  await insertFirstAdministrator({
    id: administratorId,
    email: administrator.email,
    name: administrator.name,
    passwordHash: await hashPassword(administrator.password),
  });
  const memberId = newId("user") as UserId;
  const { email, name, password } = member;
  const passwordHash = await hashPassword(password);
  await insertUser({ id: memberId, email, name, role: "member", passwordHash });
  await storeToken(administratorId, administrator.token);
  await storeToken(memberId, member.token);
  await addLedger(administratorId, demo.ledgerTitle, 9);
  await addLedger(memberId, demo.ledgerTitle, 4);
  await addConversations(administratorId);
  await addConversations(memberId);
  await addPictures(administratorId);
  await addPictures(memberId);
  await datePictures();
  await getPool().query(
    `insert into "Setting" (key, value, "updatedAt") values ($1, 'true', now())`,
    [DONE_KEY],
  );
}
