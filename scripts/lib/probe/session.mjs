import { setTimeout as pause } from "node:timers/promises";

const CHAT_TIMEOUT_MS = 120_000;
/** The service was seen to draw such a picture in 1 to 19 seconds, and one poll is all there is. */
const POLL_AFTER_MS = 25_000;

/** What is asked, in order; nothing of it depends on the account. */
export const MODELS = { chat: "Qwen/Qwen3.5-35B-A3B", image: "Tongyi-MAI/Z-Image-Turbo" };

const CHAT_BODY = {
  model: MODELS.chat,
  stream: true,
  stream_options: { include_usage: true },
  max_tokens: 64,
  messages: [{ role: "user", content: "1+1?" }],
};
const IMAGE_BODY = { model: MODELS.image, prompt: "A golden cat", size: "512x512" };

const reasonOf = (error) => {
  if (error.name === "TimeoutError") return "no answer in time";
  return error.cause?.code ?? error.message;
};

/**
 * The six calls. An entry of `failed` could not be made or was not answered; once the token is
 * refused, the paid calls that would follow are left out.
 */
export async function runSession({ call, hosts, anonymiser, pollAfterMs = POLL_AFTER_MS, tell }) {
  const answers = {};
  const failed = [];
  const attempt = async (name, request) => {
    tell(`  ${name}`);
    try {
      answers[name] = await call({ name, ...request });
    } catch (error) {
      failed.push({ name, reason: reasonOf(error) });
    }
    return answers[name];
  };
  const post = { method: "POST" };
  const async = { "X-ModelScope-Async-Mode": "true" };
  const typed = { "X-ModelScope-Task-Type": "image_generation" };

  await attempt("models", { url: `${hosts.api}/v1/models` });
  const chat = await attempt("chat", {
    ...post,
    url: `${hosts.api}/v1/chat/completions`,
    body: CHAT_BODY,
    timeoutMs: CHAT_TIMEOUT_MS,
  });
  if (chat?.status === 401 || chat?.status === 403) {
    failed.push({ name: "chat", reason: `the token is refused (${chat.status})` });
    return { answers, failed };
  }
  const images = `${hosts.api}/v1/images/generations`;
  const submitted = await attempt("submit", {
    ...post,
    url: images,
    headers: async,
    body: IMAGE_BODY,
  });
  const taskId = submitted?.json?.task_id;
  if (typeof taskId === "string" && taskId !== "") {
    anonymiser.forget(taskId);
    const task = `${hosts.api}/v1/tasks/${encodeURIComponent(taskId)}`;
    await pause(pollAfterMs);
    await attempt("poll", { url: task, headers: typed });
    await attempt("poll without header", { url: task });
  }
  await attempt("balance", { url: `${hosts.site}/openapi/v1/magicubes/balance` });
  return { answers, failed };
}
