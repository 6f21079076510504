import { randomUUID } from "node:crypto";
import { type Exchange, sendJson, sendText } from "../http.ts";
import { type ImageFault, imageFaultOf } from "../image-faults.ts";
import { refund } from "../quota.ts";
import { refuse } from "../refusals/refuse.ts";
import type { SimulatedTask, SimulatorState } from "../state.ts";

/** The HTTP status of this answer is inferred; clients parse it as the result of a task. */
const NOT_FOUND = { errors: { code: 500, message: "task not found" }, task_status: "FAILED" };
/** The text is from ModelScope's own unit test, not from the wire. */
const OUT_OF_MEMORY = { message: "Model inference failed: Out of memory", code: 500 };

/** Where the file of a picture is: at the host that the request named. */
export function addressOf({ request }: Exchange, task: SimulatedTask): string {
  const { url, file: kind } = imageFaultOf(task.prompt);
  const host = request.headers.host ?? "";
  const end = kind === "jpeg" ? "jpeg" : "png";
  const file = `/img/${Number(task.id).toString(16).padStart(32, "0")}.${end}`;
  return (url ?? "http://{host}{file}").replace("{host}", host).replace("{file}", file);
}

/** The word for a picture in progress; null once it is done. By the clock, or else by the polls. */
function findProgress(task: SimulatedTask, state: SimulatorState): "PENDING" | "RUNNING" | null {
  const { taskMs } = state.options;
  if (taskMs > 0) {
    const elapsedMs = state.clock.nowMs() - task.startedMs;
    if (elapsedMs >= taskMs) return null;
    return elapsedMs < taskMs / 3 ? "PENDING" : "RUNNING";
  }
  if (task.pollsLeft <= 0) return null;
  task.pollsLeft -= 1;
  return task.pollsLeft > 0 ? "PENDING" : "RUNNING";
}

/** Answers with what is wrong with this poll; false where nothing is. */
function failPoll(exchange: Exchange, { poll, pollTimes }: ImageFault, polls: number): boolean {
  const { response } = exchange;
  if (!poll || polls > (pollTimes ?? Number.POSITIVE_INFINITY)) return false;
  switch (poll) {
    case "not-found":
      sendJson(response, 200, NOT_FOUND);
      return true;
    case "error-500":
      refuse(exchange, "status-500");
      return true;
    case "garbage":
      sendText(response, 200, "{broken", { "content-type": "application/json" });
      return true;
    case "rate-limited":
      refuse(exchange, "request-limit");
      return true;
    default:
      return false;
  }
}

/** `GET /v1/tasks/{id}`: not found without the task-type header. That only the owner sees it is inferred. */
export function poll(exchange: Exchange) {
  const { request, response, url, account, state } = exchange;
  const task = state.tasks.get(url.pathname.split("/").at(-1) ?? "");
  const hasType = request.headers["x-modelscope-task-type"] === "image_generation";
  if (!task || !hasType || task.account !== account) return sendJson(response, 200, NOT_FOUND);
  const fault = imageFaultOf(task.prompt);
  task.polls += 1;
  if (failPoll(exchange, fault, task.polls)) return;
  const progress = findProgress(task, state);
  if (progress) {
    const task_status = fault.progressWord ?? progress;
    return sendJson(response, 200, { task_status, request_id: randomUUID() });
  }
  if (fault.poll === "failed") {
    refund(exchange, task);
    const failure = { task_status: "FAILED", errors: OUT_OF_MEMORY, request_id: randomUUID() };
    return sendJson(response, 200, failure);
  }
  sendJson(response, 200, toRecord(exchange, task, fault));
}

/** The record of a finished picture: capture A, whose `input` is the same for every model; or B. */
function toRecord(exchange: Exchange, task: SimulatedTask, { result }: ImageFault): object {
  const timeTaken = exchange.state.clock.nowMs() - task.startedMs;
  const isB = result === "capture-b";
  const input = {
    guidanceScale: 7.5,
    height: 1280,
    negativePrompt: "",
    numInferenceSteps: 30,
    ...(isB && { outputs: {} }),
    prompt: task.prompt,
    sampler: "Euler a",
    seed: task.seed,
    timeTaken,
    weight: 0,
  };
  return {
    ...(result !== "no-input" && { input }),
    output_images: result === "no-output" ? [] : [addressOf(exchange, task)],
    request_id: randomUUID(),
    ...(isB && { task_id: "" }),
    task_status: result === "succeeded" ? "SUCCEEDED" : "SUCCEED",
    time_taken: timeTaken,
  };
}
