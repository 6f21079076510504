import { expect, it } from "vitest";
import { GET as searchLoras } from "@/app/api/loras/route";
import { answerWith, call, createUser, errorOf, HEALTHY_TOKEN, requestsTo } from "../support/api";

const SITE_PATH = "/api/v1/dolphin/models";
const search = async (q: string) => {
  const user = await createUser({ token: HEALTHY_TOKEN });
  return call(searchLoras, { user, path: `/api/loras?q=${encodeURIComponent(q)}` });
};

it("finds LoRAs by a part of their name, without a token and without a call", async () => {
  const answer = await search("ink");
  expect(await answer.json()).toEqual({ ids: ["simulated/ink-wash-lora"] });
  const [request] = requestsTo(SITE_PATH).slice(-1);
  expect(request?.headers.authorization).toBeUndefined();
  expect(request?.body).toMatchObject({ Name: "ink" });
});

it("leaves out what does not say that it is one, and ids that are none", async () => {
  answerWith(SITE_PATH, 200, {
    Data: {
      Model: {
        Models: [
          { Path: "a", Name: "checkpoint", AigcType: "Checkpoint" },
          { Path: "a", Name: "style", AigcType: "LoRA" },
          { Path: "a", Name: "by-name-LoRA", AigcType: null },
          { Path: "a b", Name: "x<script>", AigcType: "LoRA" },
        ],
      },
    },
  });
  expect(await (await search("st")).json()).toEqual({ ids: ["a/style", "a/by-name-LoRA"] });
});

it("is silent where the site is, and refuses what is no search", async () => {
  answerWith(SITE_PATH, 500, {});
  expect(await (await search("ink")).json()).toEqual({ ids: [] });
  expect(await errorOf(await search("x"))).toMatchObject({ status: 400 });
});
