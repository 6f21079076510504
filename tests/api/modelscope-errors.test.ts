import { describe, expect, it } from "vitest";
import { GET as listModels } from "@/app/api/models/route";
import type { ErrorCode } from "@/lib/shared/errors";
import {
  call,
  createUser,
  errorOf,
  getSimulator,
  HEALTHY_TOKEN,
  requestsTo,
  rowsOf,
  waitFor,
} from "../support/api";
import { ask, CHAT_MODEL, CHAT_PATH, ledgerRowOf, MESSAGES_PATH } from "../support/ask";
import { tokenOf } from "../support/tokens";
import { readUiStream } from "../support/ui-stream";

type Row = {
  /** Number of the row in the table of docs/modelscope.md. */
  row: string;
  about: string;
  token?: string;
  model?: string;
  settings?: object;
  code: ErrorCode;
  /** ModelScope's words, where they are shown. */
  text?: RegExp | null;
  calls?: number;
};

const ROWS: Row[] = [
  { row: "E1", about: "unknown token", token: tokenOf("0099"), code: "invalid_token", text: null },
  {
    row: "E2",
    about: "no Alibaba Cloud account bound",
    token: tokenOf("0002"),
    code: "account_unbound",
    text: /bind your Alibaba Cloud account/,
  },
  {
    row: "E3",
    about: "not real-name verified",
    token: tokenOf("0003"),
    code: "account_unverified",
    text: /real-name verified/,
  },
  {
    row: "E4",
    about: "restricted model",
    model: "simulator/restricted",
    code: "model_unavailable",
  },
  {
    row: "E5",
    about: "no provider",
    model: "simulator/no-provider",
    code: "model_unavailable",
    text: /has no provider supported/,
  },
  {
    row: "E6",
    about: "malformed id",
    model: "simulator/invalid-id",
    code: "model_unavailable",
    text: /Invalid model id/,
  },
  {
    row: "E8",
    about: "one temperature only",
    model: "simulator/one-temperature",
    settings: { temperature: 0.5 },
    code: "bad_request",
    text: /only 1 is allowed/,
  },
  {
    row: "E9",
    about: "the day's quota of a model",
    model: "simulator/quota-day",
    code: "model_quota_day",
    text: /today's quota/,
  },
  {
    row: "E10",
    about: "a passing shortage",
    model: "simulator/transient-quota",
    code: "rate_limited",
    calls: 3,
  },
  {
    row: "E11",
    about: "request limit, other shape",
    model: "simulator/request-limit",
    code: "rate_limited",
    text: /Request limit exceeded/,
    calls: 3,
  },
  {
    row: "E12",
    about: "no Magicubes",
    model: "simulator/no-balance",
    code: "balance_empty",
    text: /insufficient balance/,
  },
  {
    row: "E12",
    about: "an account without Magicubes",
    token: tokenOf("0004"),
    code: "balance_empty",
  },
  {
    row: "E13",
    about: "bad gateway",
    model: "simulator/bad-gateway",
    code: "upstream_down",
    text: null,
  },
  { row: "E14", about: "server busy", model: "simulator/busy", code: "upstream_down", text: null },
  {
    row: "E16",
    about: "empty shell",
    model: "simulator/empty-shell",
    code: "empty_answer",
    text: null,
  },
];

for (const protocol of ["openai", "anthropic"] as const) {
  describe(`refusals in a chat, ${protocol} protocol`, () => {
    const path = protocol === "openai" ? CHAT_PATH : MESSAGES_PATH;
    for (const {
      row,
      about,
      model = CHAT_MODEL,
      settings,
      code,
      text,
      calls = 1,
      ...user
    } of ROWS) {
      it(`${row} ${about} → ${code}, an attempt, ${calls} call(s)`, async () => {
        const asker = await createUser({ token: user.token ?? HEALTHY_TOKEN });
        const response = await ask(asker, { model, settings: { protocol, ...settings } });
        const { readout, text: said } = await readUiStream(response);
        expect(readout).toMatchObject({ status: "failed", errorCode: code });
        expect(said).toBe("");
        if (text !== undefined) {
          expect(readout.errorText).toEqual(text === null ? null : expect.stringMatching(text));
        }
        expect(requestsTo(path)).toHaveLength(calls);
        expect(await ledgerRowOf(readout.runId)).toMatchObject({
          status: "failed",
          isCall: false,
          errorCode: code,
          tokenSource: "none",
          inputTokens: null,
        });
        await rowsOf(`delete from "WithdrawnModel"`);
      });
    }

    it("E7 thinking models refuse what is not streamed: so everything is", async () => {
      const asker = await createUser({ token: HEALTHY_TOKEN });
      const response = await ask(asker, {
        model: "simulator/thinking-only",
        settings: { protocol },
      });
      const { readout, text } = await readUiStream(response);
      expect([readout.status, text === ""]).toEqual(["complete", false]);
      expect(requestsTo(path)[0]?.body).toMatchObject({ stream: true });
    });

    it("E15 an unknown path is told as a fault of the service, not of the model", async () => {
      getSimulator().state.interceptors.set(path, ({ response }) => {
        response.writeHead(404, { "content-type": "text/plain" });
        response.end("404 page not found");
      });
      const asker = await createUser({ token: HEALTHY_TOKEN });
      const { readout } = await readUiStream(await ask(asker, { settings: { protocol } }));
      expect(readout).toMatchObject({ status: "failed", errorCode: "upstream_down" });
    });
  });
}

it("a withdrawn model is refused the next time, without a call, with its date", async () => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  await readUiStream(await ask(user, { model: "simulator/no-provider" }));
  // What is learnt beside an answer is kept beside its end.
  await waitFor(async () => (await rowsOf(`select from "WithdrawnModel"`)).length === 1);
  getSimulator().state.requests.length = 0;
  const error = await errorOf(await ask(user, { model: "simulator/no-provider" }));
  expect(error).toMatchObject({ status: 400, code: "invalid_request" });
  expect(error.fields?.model).toContain(new Date().toISOString().slice(0, 10));
  expect(requestsTo(CHAT_PATH)).toEqual([]);
  const list = await (
    await call(listModels, { user, path: "/api/models?search=no-provider" })
  ).json();
  expect(list.models).toMatchObject([{ id: "simulator/no-provider", state: "withdrawn" }]);
  await rowsOf(`delete from "WithdrawnModel"`);
});
