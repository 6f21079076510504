import http from "node:http";
import type { AddressInfo } from "node:net";
import { MODELS, nowMs, type Plan, readPlan } from "./plan";
import { toProse } from "./prose";

/** A chunk's text tells when it was sent: `1732579200000.123;`. */
const stamp = () => `${nowMs().toFixed(3)};`;

function toFrame(delta: object, finish: string | null): string {
  return `data: ${JSON.stringify({
    id: "chatcmpl-bench",
    object: "chat.completion.chunk",
    created: 1_700_000_000,
    model: "bench",
    choices: [{ index: 0, delta, finish_reason: finish, logprobs: null }],
  })}\n\n`;
}

const PLACEHOLDER = "0000000000000.000;";
const [HEAD = "", TAIL = ""] = toFrame({ content: PLACEHOLDER }, null).split(PLACEHOLDER);
const FLOOD = `${HEAD}${PLACEHOLDER}${TAIL}`;

const END =
  toFrame({}, "stop") +
  `data: ${JSON.stringify({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 9 } })}\n\n` +
  "data: [DONE]\n\n";

async function flood(response: http.ServerResponse, chunks: number): Promise<void> {
  for (let sent = 0; sent < chunks; sent += 1) {
    if (response.write(FLOOD)) continue;
    await new Promise((resolve) => response.once("drain", resolve));
  }
}

/** One chunk each `delayMs`, by the clock: a late timer sends what is due. */
function pace(response: http.ServerResponse, { chunks, delayMs, text }: Plan): Promise<void> {
  const words = text === "prose" ? toProse(chunks) : null;
  const startedMs = performance.now();
  let sent = 0;
  return new Promise((resolve) => {
    const tick = () => {
      const due = Math.min(chunks, Math.floor((performance.now() - startedMs) / delayMs) + 1);
      for (; sent < due; sent += 1) {
        response.write(words ? toFrame({ content: words[sent] }, null) : HEAD + stamp() + TAIL);
      }
      if (sent < chunks && !response.destroyed) setTimeout(tick, delayMs);
      else resolve();
    };
    tick();
  });
}

async function answerChat(request: http.IncomingMessage, response: http.ServerResponse) {
  let body = "";
  for await (const part of request) body += part;
  const plan = readPlan(JSON.parse(body).model);
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.socket?.setNoDelay(true);
  response.on("close", () => {
    if (!response.writableFinished) process.send?.({ closedAt: nowMs() });
  });
  if (plan.delayMs === 0) await flood(response, plan.chunks);
  else await pace(response, plan);
  response.end(END);
}

let taskCount = 0;

/** The list of models, and tasks that are taken and never end. */
function toDocument(path: string): object | null {
  if (path === "/v1/models") return { data: MODELS.map((id) => ({ id, object: "model" })) };
  if (path === "/v1/images/generations") {
    taskCount += 1;
    return { task_status: "SUCCEED", task_id: `endless-${taskCount}`, request_id: "bench" };
  }
  if (path.startsWith("/v1/tasks/")) return { task_status: "PROCESSING", request_id: "bench" };
  return null;
}

const server = http.createServer((request, response) => {
  if (request.url === "/v1/chat/completions") return void answerChat(request, response);
  const body = toDocument(request.url ?? "");
  response.writeHead(body ? 200 : 404, { "content-type": "application/json" });
  response.end(JSON.stringify(body ?? { data: [] }));
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
});
process.on("disconnect", () => process.exit(0));
