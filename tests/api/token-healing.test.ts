import { beforeEach, expect, it } from "vitest";
import { GET as getToken } from "@/app/api/token/route";
import { parkTask } from "@/lib/server/db/image-lane";
import {
  answerPage,
  call,
  createUser,
  getSimulator,
  HEALTHY_TOKEN,
  setTokenState,
  type TestUser,
  waitFor,
} from "../support/api";
import { ask, CHAT_PATH } from "../support/ask";
import { ordered, readImage, untilEnded, untilSubmitted } from "../support/order";
import { readUiStream } from "../support/ui-stream";

const stateOf = async (user: TestUser): Promise<string> =>
  (await (await call(getToken, { user })).json()).state;

let user: TestUser;
const doubt = () => setTokenState(user, "invalid");
beforeEach(async () => {
  user = await createUser({ token: HEALTHY_TOKEN });
});

it("an answered chat heals a token and wakes the pictures that waited for it", async () => {
  const { id } = await ordered(user, { prompt: "[slow]" });
  await untilSubmitted(id);
  await parkTask(id);
  await doubt();
  for (const task of getSimulator().state.tasks.values()) task.pollsLeft = 0;
  expect((await readImage(user, id)).status).toBe("needs_token");
  await readUiStream(await ask(user));
  await waitFor(async () => (await stateOf(user)) === "valid");
  await waitFor(async () => (await readImage(user, id)).status !== "needs_token");
  expect((await untilEnded(user, id)).status).toBe("done");
});

it("a page of some proxy heals nothing", async () => {
  await doubt();
  answerPage(CHAT_PATH);
  const { readout } = await readUiStream(await ask(user));
  expect(readout.status).toBe("failed");
  expect(await stateOf(user)).toBe("invalid");
});
