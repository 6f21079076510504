import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { POST as chat } from "@/app/api/chat/route";
import { GET as getCredits } from "@/app/api/credits/route";
import { POST as createImage } from "@/app/api/images/route";
import { GET as listModels } from "@/app/api/models/route";
import { POST as checkToken } from "@/app/api/token/check/route";
import { PUT as putToken } from "@/app/api/token/route";
import { call, createUser, errorOf, getSimulator, HEALTHY_TOKEN } from "../support/api";
import { CHAT_MODEL } from "../support/ask";
import { forgetCatalogue } from "../support/catalogue";
import { startSink } from "../support/sink";

const sink = await startSink();
beforeEach(() => {
  sink.hits.length = 0;
  forgetCatalogue();
});
afterAll(() => sink.close());

const NAMES = [
  "baseURL",
  "base_url",
  "x-base-url",
  "endpoint",
  "apiBase",
  "proxy",
  "openai-organization",
];
const question = { message: { text: "Hello" }, model: CHAT_MODEL, settings: {} };
const picture = { model: "Tongyi-MAI/Z-Image-Turbo", prompt: "x" };
const ROUTES = [
  ["chat", chat, "POST", () => ({ ...question, idempotencyKey: crypto.randomUUID() })],
  ["images", createImage, "POST", () => picture],
  ["token", putToken, "PUT", () => ({ token: HEALTHY_TOKEN })],
  ["token check", checkToken, "POST", () => ({})],
  ["models", listModels, "GET", () => undefined],
  ["credits", getCredits, "GET", () => undefined],
] as const;

describe("TOK-11 nobody but the deployment says where ModelScope is", () => {
  for (const [name, handler, method, toBody] of ROUTES) {
    it(name, async () => {
      // A new user each time: no rate limit and no kept balance may answer in ModelScope's place.
      const send = async (change: { headers?: object; path?: string; body?: object }) => {
        const user = await createUser({ token: HEALTHY_TOKEN });
        forgetCatalogue();
        const headers = { "idempotency-key": crypto.randomUUID(), ...change.headers };
        const body = change.body ?? toBody();
        return call(handler, { method, user, ...change, headers, ...(body && { body }) });
      };
      for (const field of NAMES) {
        const byHeader = await send({ headers: { [field]: sink.url } });
        const byQuery = await send({ path: `/api/x?${field}=${encodeURIComponent(sink.url)}` });
        expect(Math.max(byHeader.status, byQuery.status)).toBeLessThan(500);
        expect([byHeader.status, byQuery.status]).not.toContain(429);
        await Promise.all([byHeader.text(), byQuery.text()]);
      }
      expect(getSimulator().state.requests.length).toBeGreaterThanOrEqual(NAMES.length);
      expect(sink.hits).toEqual([]);
    });
  }

  for (const [name, handler, method, toBody] of ROUTES.filter(
    (route) => route[3]() !== undefined,
  )) {
    it(`${name}, in the body: refused by field`, async () => {
      const user = await createUser({ token: HEALTHY_TOKEN });
      for (const field of NAMES) {
        const body = { ...toBody(), [field]: sink.url };
        const headers = { "idempotency-key": crypto.randomUUID() };
        const error = await errorOf(await call(handler, { method, user, body, headers }));
        expect([error.status, Object.keys(error.fields ?? {})]).toEqual([400, [field]]);
      }
      expect(sink.hits).toEqual([]);
    });
  }
});
