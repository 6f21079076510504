import { beforeAll, describe, expect, it } from "vitest";
import { GET as getAudit } from "@/app/api/admin/audit/route";
import { GET as getTeam } from "@/app/api/admin/usage/route";
import { POST as chat } from "@/app/api/chat/route";
import { GET as readConversation } from "@/app/api/conversations/[id]/route";
import { GET as listConversations } from "@/app/api/conversations/route";
import { GET as readImage } from "@/app/api/images/[id]/route";
import { POST as createImage, GET as listImages } from "@/app/api/images/route";
import { GET as listLoras } from "@/app/api/loras/route";
import { PUT as putBudget } from "@/app/api/me/budget/route";
import { PATCH as patchMe } from "@/app/api/me/route";
import { GET as checkModel } from "@/app/api/models/check/route";
import { GET as listModels } from "@/app/api/models/route";
import { GET as listCalls } from "@/app/api/usage/calls/route";
import { GET as exportCsv } from "@/app/api/usage/export.csv/route";
import { GET as getUsage } from "@/app/api/usage/route";
import {
  call,
  createUser,
  getSimulator,
  HEALTHY_TOKEN,
  rowsOf,
  type TestUser,
} from "../support/api";

const LISTS = {
  conversations: listConversations,
  images: listImages,
  loras: listLoras,
  models: listModels,
  "a model": checkModel,
  usage: getUsage,
  calls: listCalls,
  "the file of calls": exportCsv,
  "the team's usage": getTeam,
  audit: getAudit,
};

const QUERIES = [
  "id[not]=x",
  "id%5Bnot%5D=x",
  'where={"userId":{"not":""}}',
  "orderBy[createdAt]=asc",
  "include[user]=true",
  "select[passwordHash]=true",
  "cursor[id]=x",
  'cursor={"id":{"not":""}}',
  "take=100000",
  "__proto__[x]=1",
];

const OPERATORS = [{ not: "" }, { contains: "" }, { gt: "" }, { in: ["x"] }, ["x"], null, true];

let user: TestUser;
beforeAll(async () => {
  user = await createUser({ token: HEALTHY_TOKEN, role: "administrator" });
});

describe("IDR-08: operators of the database layer", () => {
  for (const [name, handler] of Object.entries(LISTS)) {
    it(`in the address of ${name} are refused by the schema`, async () => {
      for (const query of QUERIES) {
        const response = await call(handler, { user, path: `/api/test?${query}` });
        expect([query, response.status]).toEqual([query, 400]);
      }
    });
  }

  it("in the place of an id are no id", async () => {
    for (const id of ['{"not":""}', "x' or '1'='1", "%", "a%00b"]) {
      for (const handler of [readConversation, readImage]) {
        const response = await call(handler, { user, params: { id } });
        expect([400, 404]).toContain(response.status);
      }
    }
  });

  it("in a body are refused by the schema, and nothing is written or sent", async () => {
    const before = await rowsOf(`select count(*)::int as n from "UsageEntry"`);
    for (const operator of OPERATORS) {
      const bodies = [
        [
          chat,
          "POST",
          { model: operator, settings: {}, message: { text: "x" }, idempotencyKey: "12345678" },
        ],
        [
          chat,
          "POST",
          { model: "a/b", settings: {}, message: { text: operator }, idempotencyKey: "12345678" },
        ],
        [
          chat,
          "POST",
          {
            conversationId: operator,
            model: "a/b",
            settings: {},
            message: { text: "x" },
            idempotencyKey: "12345678",
          },
        ],
        [createImage, "POST", { model: operator, prompt: "x" }],
        [patchMe, "PATCH", { locale: operator === null ? { not: "" } : operator }],
        [putBudget, "PUT", { credits: operator === null ? { not: 1 } : operator }],
      ] as const;
      for (const [handler, method, body] of bodies) {
        const headers = { "idempotency-key": crypto.randomUUID() };
        const response = await call(handler, { user, method, body, headers });
        expect([JSON.stringify(body), response.status]).toEqual([JSON.stringify(body), 400]);
      }
    }
    expect(await rowsOf(`select count(*)::int as n from "UsageEntry"`)).toEqual(before);
    expect(getSimulator().state.requests.filter(({ method }) => method === "POST")).toEqual([]);
  });
});
