import { beforeAll, describe, expect, it } from "vitest";
import { POST as branch } from "@/app/api/conversations/[id]/branch/route";
import { GET as exportFile } from "@/app/api/conversations/[id]/export/route";
import { DELETE as deleteMessage } from "@/app/api/conversations/[id]/messages/[messageId]/route";
import {
  DELETE as deleteConversation,
  PATCH as patchConversation,
  GET as readConversation,
} from "@/app/api/conversations/[id]/route";
import { GET as listConversations } from "@/app/api/conversations/route";
import { GET as getCreditFlow } from "@/app/api/credits/flow/route";
import { GET as readGridRoute } from "@/app/api/grids/[id]/route";
import { POST as runGridRoute } from "@/app/api/grids/[id]/run/route";
import { POST as cancelImage } from "@/app/api/images/[id]/cancel/route";
import { POST as checkImage } from "@/app/api/images/[id]/check/route";
import { GET as imageFile } from "@/app/api/images/[id]/file/route";
import { DELETE as deleteImage, GET as readImage } from "@/app/api/images/[id]/route";
import {
  POST as share,
  GET as shareState,
  DELETE as unshare,
} from "@/app/api/images/[id]/share/route";
import { GET as imageThumb } from "@/app/api/images/[id]/thumb/route";
import { GET as listImages } from "@/app/api/images/route";
import { GET as lane } from "@/app/api/lane/route";
import { DELETE as deletePreset, PATCH as patchPreset } from "@/app/api/presets/[id]/route";
import { POST as createPreset, GET as listPresets } from "@/app/api/presets/route";
import { POST as stopRun } from "@/app/api/runs/[id]/stop/route";
import { GET as followRun } from "@/app/api/runs/[id]/stream/route";
import { GET as listShares } from "@/app/api/shares/route";
import { GET as uploadFile } from "@/app/api/uploads/[id]/file/route";
import { GET as calls } from "@/app/api/usage/calls/route";
import { GET as exportCalls } from "@/app/api/usage/export.csv/route";
import { GET as getUsage } from "@/app/api/usage/route";
import { GET as getWeather } from "@/app/api/weather/route";
import {
  call,
  createUser,
  errorOf,
  getSimulator,
  HEALTHY_TOKEN,
  rowsOf,
  type TestUser,
} from "../support/api";
import { ask } from "../support/ask";
import { readConversation as read } from "../support/conversations";
import { gridOf, orderGrid, THREE_BY_THREE } from "../support/grid";
import { order, ordered, untilAllEnded, untilEnded } from "../support/order";
import { readUiStream } from "../support/ui-stream";
import { uploaded } from "../support/upload";

type Handler = Parameters<typeof call>[0];
type Cell = { name: string; handler: Handler; method: string; of: keyof Ids; body?: object };
type Ids = Record<
  "conversation" | "message" | "run" | "upload" | "image" | "grid" | "preset",
  string
>;

/** Every way to what belongs to somebody, by an id of it. A new resource joins here. */
const CELLS: Cell[] = [
  { name: "read a conversation", handler: readConversation, method: "GET", of: "conversation" },
  {
    name: "rename a conversation",
    handler: patchConversation,
    method: "PATCH",
    of: "conversation",
    body: { title: "x" },
  },
  {
    name: "keep a column",
    handler: patchConversation,
    method: "PATCH",
    of: "conversation",
    body: { isColumn: false },
  },
  {
    name: "delete a conversation",
    handler: deleteConversation,
    method: "DELETE",
    of: "conversation",
  },
  { name: "export a conversation", handler: exportFile, method: "GET", of: "conversation" },
  {
    name: "branch a conversation",
    handler: branch,
    method: "POST",
    of: "conversation",
    body: { messageId: "MESSAGE" },
  },
  { name: "delete a message", handler: deleteMessage, method: "DELETE", of: "conversation" },
  { name: "follow a run", handler: followRun, method: "GET", of: "run" },
  { name: "stop a run", handler: stopRun, method: "POST", of: "run" },
  { name: "see an upload", handler: uploadFile, method: "GET", of: "upload" },
  { name: "read a picture", handler: readImage, method: "GET", of: "image" },
  { name: "see a picture", handler: imageFile, method: "GET", of: "image" },
  { name: "see a small picture", handler: imageThumb, method: "GET", of: "image" },
  { name: "ask for a picture again", handler: checkImage, method: "POST", of: "image" },
  { name: "read a grid", handler: readGridRoute, method: "GET", of: "grid" },
  { name: "run a grid", handler: runGridRoute, method: "POST", of: "grid", body: {} },
  { name: "cancel a picture", handler: cancelImage, method: "POST", of: "image" },
  { name: "share a picture", handler: share, method: "POST", of: "image", body: {} },
  { name: "see a share", handler: shareState, method: "GET", of: "image" },
  { name: "revoke a share", handler: unshare, method: "DELETE", of: "image" },
  { name: "delete a picture", handler: deleteImage, method: "DELETE", of: "image" },
  {
    name: "change a preset",
    handler: patchPreset,
    method: "PATCH",
    of: "preset",
    body: { name: "x" },
  },
  { name: "delete a preset", handler: deletePreset, method: "DELETE", of: "preset" },
];

const LISTS: Record<string, Handler> = {
  conversations: listConversations,
  images: listImages,
  presets: listPresets,
  shares: listShares,
  calls,
  "the file of calls": exportCalls,
  usage: getUsage,
  credits: getCreditFlow,
  weather: getWeather,
  lane,
};

let owner: TestUser;
let other: TestUser;
let ids: Ids;

beforeAll(async () => {
  [owner, other] = [
    await createUser({ token: HEALTHY_TOKEN }),
    await createUser({ token: HEALTHY_TOKEN }),
  ];
  const upload = await uploaded(owner);
  const response = await ask(owner, {
    model: "Qwen/Qwen3.5-35B-A3B",
    message: { text: "Secret", uploads: [upload.id] },
  });
  const conversation = response.headers.get("x-conversation-id") ?? "";
  const run = response.headers.get("x-run-id") ?? "";
  await readUiStream(response);
  const { messages } = await read(owner, conversation);
  const image = await ordered(owner);
  await untilEnded(owner, image.id);
  const grid = await gridOf(
    await orderGrid(owner, { order: THREE_BY_THREE.order, x: { key: "seed", values: [1] } }),
  );
  await untilAllEnded(owner);
  const preset = await (
    await call(createPreset, {
      method: "POST",
      user: owner,
      body: { name: "Secret preset", model: "Qwen/Qwen3-8B", settings: {} },
    })
  ).json();
  ids = {
    conversation,
    run,
    message: messages[0]?.id ?? "",
    upload: upload.id,
    image: image.id,
    grid: grid.id,
    preset: preset.id,
  };
});

function act(cell: Cell, user: TestUser | null, own: Ids): Promise<Response> {
  const body = cell.body && JSON.parse(JSON.stringify(cell.body).replace("MESSAGE", own.message));
  const params = {
    id: own[cell.of],
    ...(cell.handler === deleteMessage && { messageId: own.message }),
  };
  const path = cell.handler === exportFile ? "/api/test?format=json" : "/api/test";
  const headers = { "idempotency-key": crypto.randomUUID() };
  const rest = { user, params, path, headers, ...(body && { body }) };
  return call(cell.handler, { method: cell.method, ...rest });
}

/** Everything of the owner's, as it stands in the database. */
const state = async () =>
  Promise.all(
    [
      "Conversation",
      "Message",
      "Run",
      "Upload",
      "Image",
      "ImageGrid",
      "Preset",
      "ShareLink",
      "UsageEntry",
    ].map((table) =>
      rowsOf(`select * from "${table}" where "userId" = $1 order by id`, [owner.id]),
    ),
  );

describe("IDR-01, IDR-04 what belongs to another", () => {
  for (const cell of CELLS) {
    it(`${cell.name}: like a missing one, without effect, and for nobody signed in either`, async () => {
      const before = await state();
      const asked = getSimulator().state.requests.length;
      const missing = Object.fromEntries(Object.keys(ids).map((key) => [key, "x"])) as Ids;
      const foreign = await errorOf(await act(cell, other, ids));
      const absent = await errorOf(await act(cell, other, missing));
      expect(foreign).toMatchObject({ status: 404, code: "not_found" });
      expect({ ...foreign, id: "" }).toEqual({ ...absent, id: "" });
      expect((await act(cell, null, ids)).status).toBe(401);
      expect(await state()).toEqual(before);
      expect(getSimulator().state.requests.length).toBe(asked);
    });
  }

  for (const [name, handler] of Object.entries(LISTS)) {
    it(`is in no list of ${name}`, async () => {
      const text = await (await call(handler, { user: other })).text();
      for (const id of Object.values(ids)) expect(text).not.toContain(id);
      expect(text).not.toContain("Secret");
    });
  }

  it("is closed to its owner too, once disabled", async () => {
    await rowsOf(`update "User" set "disabledAt" = now() where id = $1`, [owner.id]);
    for (const cell of CELLS) expect((await act(cell, owner, ids)).status).toBe(401);
    await rowsOf(`update "User" set "disabledAt" = null where id = $1`, [owner.id]);
  });
});

describe("IDR-02, IDR-05: naming what is another's in a question", () => {
  it("is not found, attaches nothing and costs nothing", async () => {
    const before = await state();
    for (const change of [
      { conversationId: ids.conversation },
      { message: { text: "Look", uploads: [ids.upload] }, model: "Qwen/Qwen3.5-35B-A3B" },
    ]) {
      expect(await errorOf(await ask(other, change))).toMatchObject({ status: 404 });
    }
    const edit = { model: "Qwen/Qwen-Image-Edit", prompt: "Look", uploads: [ids.upload] };
    const grid = { order: edit, x: { key: "seed", values: [1, 2] } };
    expect(await errorOf(await order(other, edit))).toMatchObject({ status: 404 });
    expect(await errorOf(await orderGrid(other, grid))).toMatchObject({ status: 404 });
    expect(await rowsOf(`select id from "Image" where "userId" = $1`, [other.id])).toEqual([]);
    const sent = getSimulator().state.requests.filter(({ method }) => method === "POST");
    expect(sent).toEqual([]);
    expect(await state()).toEqual(before);
  });
});

it("IDR-03 ids of runs cannot be guessed, and are checked all the same", async () => {
  expect(ids.run).toMatch(/^run_[a-z0-9]{25}$/);
  const followed = await call(followRun, { user: other, params: { id: ids.run } });
  expect(await followed.text()).not.toContain("Secret");
  expect((await call(followRun, { user: other, params: { id: ids.conversation } })).status).toBe(
    404,
  );
});
