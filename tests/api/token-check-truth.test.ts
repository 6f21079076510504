import { beforeEach, expect, it } from "vitest";
import { GET as listModels } from "@/app/api/models/route";
import { POST as checkToken } from "@/app/api/token/check/route";
import { GET as getToken } from "@/app/api/token/route";
import { DEFAULT_CHAT_MODEL } from "@/lib/shared/models/fallback-ids";
import type { Model } from "@/lib/shared/schemas/model";
import type { TokenReport } from "@/lib/shared/schemas/token-check";
import {
  answerWith,
  call,
  createUser,
  getSimulator,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  type TestUser,
  waitFor,
} from "../support/api";
import { CHAT_PATH } from "../support/ask";

const CHEAPEST = "Qwen/Qwen3-8B";

let user: TestUser;
beforeEach(async () => {
  user = await createUser({ token: HEALTHY_TOKEN });
  await waitFor(async () => {
    const { models } = await (await call(listModels, { user })).json();
    return models.find(({ id }: Model) => id === CHEAPEST)?.price === 0.5;
  });
});

const check = async (body: object = {}): Promise<TokenReport> =>
  (await call(checkToken, { method: "POST", user, body })).json();
const stateOf = ({ lights }: TokenReport, at: number) =>
  [lights[at]?.state, lights[at]?.reason].filter(Boolean).join(": ");
const ledger = () => rowsOf(`select * from "UsageEntry" where "userId" = $1`, [user.id]);
const isQuestion = ({ body }: { body: unknown }) => "messages" in Object(body);

/** Answers the free look at the account, and, where given, the call that is paid. */
function answerChat(account: [number, object], question = ""): void {
  getSimulator().state.interceptors.set(CHAT_PATH, ({ body, response }) => {
    const isPaid = isQuestion({ body });
    const type = isPaid ? "text/event-stream" : "application/json";
    response.writeHead(isPaid ? 200 : account[0], { "content-type": type });
    response.end(isPaid ? question : JSON.stringify(account[1]));
  });
}

it("offers the cheapest model that is served, the usual one among equals", async () => {
  expect((await check()).offer).toEqual({ model: CHEAPEST, price: 0.5 });
  await rowsOf(`insert into "WithdrawnModel" values ('cn', $1, now())`, [CHEAPEST]);
  expect((await check()).offer).toEqual({ model: DEFAULT_CHAT_MODEL, price: 1 });
  await rowsOf(`delete from "WithdrawnModel"`);
});

it("books its call with the price that was offered", async () => {
  expect(stateOf(await check({ answer: true, model: CHEAPEST }), 3)).toBe("ok");
  expect(await ledger()).toMatchObject([
    { model: CHEAPEST, priceHalfCredits: 1, priceSource: "listed", protocol: "openai" },
  ]);
});

it("asks no picture model for words", async () => {
  const report = await check({ answer: true, model: "Tongyi-MAI/Z-Image-Turbo" });
  expect(stateOf(report, 3)).toBe("failed: model_unavailable");
  expect(requestsTo(CHAT_PATH).filter(isQuestion)).toEqual([]);
  expect(await ledger()).toEqual([]);
});

it("books no tokens for a call without an answer, whatever a frame said", async () => {
  const usage = { prompt_tokens: 3, completion_tokens: 4 };
  answerChat([200, {}], `data: ${JSON.stringify({ choices: [], usage })}\n\ndata: [DONE]\n\n`);
  expect(stateOf(await check({ answer: true, model: CHEAPEST }), 3)).toBe("failed: no_answer");
  expect(await ledger()).toMatchObject([
    { status: "failed", isCall: false, inputTokens: null, tokenSource: "none" },
  ]);
});

it("is green for an account that has used up its calls: it may infer", async () => {
  for (const message of [
    "You have exceeded today's quota for model X, please try again tomorrow",
    "insufficient balance",
  ]) {
    answerChat([429, { errors: { message } }]);
    expect(stateOf(await check(), 1)).toBe("ok");
  }
});

it("marks a token that is refused since", async () => {
  const state = async () => (await (await call(getToken, { user })).json()).state;
  expect(await state()).toBe("valid");
  answerWith("/openapi/v1/users/me", 401, { errors: { message: "Authentication failed" } });
  expect(stateOf(await check(), 0)).toBe("failed: deleted");
  expect(await state()).toBe("invalid");
});

it("takes an answer that names nobody for no answer", async () => {
  getSimulator().state.interceptors.set("/openapi/v1/users/me", ({ response }) => {
    response.end(JSON.stringify({ success: true, data: null }));
  });
  expect(stateOf(await check(), 0)).toBe("unknown: service_down");
});
