import { randomInt, randomUUID } from "node:crypto";
import { type Exchange, field, sendError, sendGatewayError, sendJson, textField } from "../http.ts";
import { drawLandscape } from "../landscape.ts";
import { IMAGE_MODELS, imageFaultOf, refuseByToken } from "../scenarios.ts";
import { type SimulatedTask, spend } from "../state.ts";

const SYNC_REFUSAL =
  "image-gen task currently does not support synchronous calls. Please refer to the documentation and set header X-ModelScope-Async-Mode=true to switch to asynchronous calling mode";
const SLOW_POLLS = 400;

/** `POST /v1/images/generations`: asynchronous only. */
export function submit({ request, response, body, token, state }: Exchange) {
  if (refuseByToken(response, token)) return;
  if (request.headers["x-modelscope-async-mode"] !== "true") {
    return sendGatewayError(response, 400, SYNC_REFUSAL);
  }
  const model = textField(body, "model");
  const known = IMAGE_MODELS[model];
  if (!known) return sendError(response, 400, `Model id : ${model} , has no provider supported`);
  if (!spend(state, token ?? "", known.price))
    return sendError(response, 429, "insufficient balance");
  const prompt = textField(body, "prompt");
  const fault = imageFaultOf(prompt);
  const [width = 1024, height = 1024] = textField(body, "size")
    .split("x")
    .filter(Boolean)
    .map(Number);
  const seed = field(body, "seed");
  const id = String(state.nextTaskId++);
  state.tasks.set(id, {
    id,
    token: token ?? "",
    prompt,
    width,
    height,
    seed: typeof seed === "number" ? seed : randomInt(2 ** 31 - 1),
    pollsLeft: fault === "slow" ? SLOW_POLLS : state.options.pollsUntilDone,
    startedMs: Date.now(),
  });
  if (fault === "reset") return void response.socket?.resetAndDestroy();
  // SUCCEED here means "accepted"; the picture is not there yet.
  sendJson(response, 200, { task_status: "SUCCEED", task_id: id, request_id: randomUUID() });
}

const NOT_FOUND = { errors: { code: 500, message: "task not found" }, task_status: "FAILED" };

/** `GET /v1/tasks/{id}`: not found without the task-type header. That only the owner sees it is inferred. */
export function poll({ request, response, url, token, state }: Exchange) {
  const task = state.tasks.get(decodeURIComponent(url.pathname.split("/").at(-1) ?? ""));
  const hasType = request.headers["x-modelscope-task-type"] === "image_generation";
  if (!task || !hasType || task.token !== token) return sendJson(response, 200, NOT_FOUND);
  if (task.pollsLeft > 0) {
    task.pollsLeft -= 1;
    const status = task.pollsLeft > 0 ? "PENDING" : "RUNNING";
    return sendJson(response, 200, { task_status: status, request_id: randomUUID() });
  }
  finish(response, task, `http://${request.headers.host}`);
}

function finish(response: Exchange["response"], task: SimulatedTask, origin: string) {
  const timeTaken = Date.now() - task.startedMs;
  if (imageFaultOf(task.prompt) === "failed") {
    const errors = { message: "Model inference failed: Out of memory", code: 500 };
    return sendJson(response, 200, { task_status: "FAILED", errors, request_id: randomUUID() });
  }
  const isEmpty = imageFaultOf(task.prompt) === "no-output";
  sendJson(response, 200, {
    input: {
      guidanceScale: 7.5,
      height: 1280,
      negativePrompt: "",
      numInferenceSteps: 30,
      prompt: task.prompt,
      sampler: "Euler a",
      seed: task.seed,
      timeTaken,
      weight: 0,
    },
    output_images: isEmpty
      ? []
      : [`${origin}/img/${Number(task.id).toString(16).padStart(32, "0")}.png`],
    request_id: randomUUID(),
    task_status: "SUCCEED",
    time_taken: timeTaken,
  });
}

/** `GET /img/{hex}.png`: plays the bucket with the finished pictures; nobody is asked for a token. */
export function resultFile({ response, url, state }: Exchange) {
  const hex = /^\/img\/([0-9a-f]{32})\.png$/.exec(url.pathname)?.[1] ?? "0";
  const task = state.tasks.get(String(Number.parseInt(hex, 16)));
  const fault = task ? imageFaultOf(task.prompt) : "gone";
  if (!task || fault === "gone") {
    response.writeHead(404, { "content-type": "application/xml" });
    return void response.end("<Error><Code>NoSuchKey</Code></Error>");
  }
  if (fault === "not-a-picture") {
    response.writeHead(200, { "content-type": "image/png" });
    return void response.end("<html>not a picture</html>");
  }
  const bytes = drawLandscape(task.width, task.height, task.seed);
  response.writeHead(200, { "content-type": "image/png", "content-length": bytes.byteLength });
  response.end(bytes);
}
