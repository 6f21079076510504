import { randomInt, randomUUID } from "node:crypto";
import { refuseByLimits, refuseByToken } from "../gate.ts";
import { type Exchange, field, reset, rowOf, sendJson, textField } from "../http.ts";
import { imageFaultOf } from "../image-faults.ts";
import { clampSide, findOrderFault, readSize } from "../image-order.ts";
import { IMAGE_MODELS } from "../models/all-models.ts";
import type { ImageModel } from "../models/image-models.ts";
import { charge } from "../quota.ts";
import { refuse } from "../refusals/refuse.ts";
import type { SimulatedTask } from "../state.ts";
import { addressOf } from "./tasks.ts";

function createTask({ body, account, state }: Exchange, known: ImageModel): SimulatedTask {
  const prompt = textField(body, "prompt");
  const [width, height] = readSize(body) ?? [0, 0];
  const seed = field(body, "seed");
  const task = {
    id: String(state.nextTaskId++),
    account,
    model: textField(body, "model"),
    prompt,
    width: clampSide(width, known),
    height: clampSide(height, known),
    seed: typeof seed === "number" ? seed : randomInt(2 ** 31 - 1),
    pollsLeft: imageFaultOf(prompt).polls ?? state.options.pollsUntilDone,
    polls: 0,
    startedMs: state.clock.nowMs(),
    price: known.price,
  };
  state.tasks.set(task.id, task);
  return task;
}

/** `POST /v1/images/generations`: asynchronous only, since about April 2026. */
export function submit(exchange: Exchange) {
  const { request, response, body, state } = exchange;
  if (refuseByToken(exchange)) return;
  const model = textField(body, "model");
  const known = rowOf(IMAGE_MODELS, model);
  const isSync = state.options.syncImages || known?.answer === "sync";
  if (!isSync && request.headers["x-modelscope-async-mode"] !== "true") {
    return refuse(exchange, "sync-image");
  }
  if (!known) return refuse(exchange, "no-provider", { model });
  if (refuseByLimits(exchange, { model, price: known.price })) return;
  const fault = findOrderFault(body, known);
  if (fault) return refuse(exchange, fault, { model });
  charge(exchange, { model, price: known.price });
  const task = createTask(exchange, known);
  const { submit: ending } = imageFaultOf(task.prompt);
  if (ending === "reset") return reset(response);
  if (ending === "silence") return;
  if (isSync) return sendJson(response, 200, { images: [{ url: addressOf(exchange, task) }] });
  if (known.answer === "task-only") return sendJson(response, 200, { task_id: task.id });
  // SUCCEED here means "accepted"; the picture is not there yet.
  sendJson(response, 200, { task_status: "SUCCEED", task_id: task.id, request_id: randomUUID() });
}
