import type { Simulator } from "@/simulator/server";
import { post, TOKEN } from "./quick";

export const MODEL = "Tongyi-MAI/Z-Image-Turbo";

/** Orders pictures as the Python of ModelScope's documentation does. */
export function createOrders({ url, state }: Simulator) {
  const order = (change: object = {}, headers: Record<string, string> = {}) =>
    post(
      `${url}/v1/images/generations`,
      { model: MODEL, prompt: "A golden cat", size: "64x64", ...change },
      { headers: { "X-ModelScope-Async-Mode": "true", ...headers } },
    );

  const poll = (id: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/v1/tasks/${id}`, {
      headers: {
        authorization: `Bearer ${TOKEN}`,
        "X-ModelScope-Task-Type": "image_generation",
        ...headers,
      },
    });

  /** The id of an order that is taken. */
  const accepted = async (change: object = {}) => {
    const { task_id }: { task_id: string } = await (await order(change)).json();
    return task_id;
  };

  /** The record of a picture once its polls are over. */
  const finished = async (change: object = {}) => {
    const id = await accepted(change);
    const task = state.tasks.get(id);
    if (task) task.pollsLeft = 0;
    return (await poll(id)).json();
  };
  return { order, poll, accepted, finished };
}

/** Width and height of a PNG. */
export const sidesOf = (bytes: Buffer) => [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
