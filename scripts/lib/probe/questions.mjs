import { readFrames } from "./frames.mjs";

/** From here on a number is no time in seconds: the year 5138. */
const FIRST_MS = 100_000_000_000;
const BUCKET = "muse-ai.oss-cn-hangzhou.aliyuncs.com";

const all = (answers) => Object.values(answers);
const isStream = (chat) => chat?.status === 200 && readFrames(chat.text).frames.length > 0;
const framesOf = ({ chat }) => (isStream(chat) ? readFrames(chat.text).frames : null);
const headerNames = (answers, pattern) => [
  ...new Set(
    all(answers).flatMap(({ headers }) => Object.keys(headers).filter((n) => pattern.test(n))),
  ),
];
/** Made anonymous before it is cut: half a token would not be found any more. */
const short = (text, clean) => clean(text).replaceAll(/\s+/g, " ").slice(0, 80);

/** The last frame of a stream as the contract has it: no choices, and the real usage. */
function describeEnd(frames) {
  const last = frames.at(-1);
  const choices = Array.isArray(last.choices) ? last.choices.length : typeof last.choices;
  return `choices ${choices}, total_tokens ${last.usage?.total_tokens > 0 ? "> 0" : "0 or none"}`;
}

const unitOf = (created) => {
  if (typeof created !== "number") return typeof created;
  return created >= FIRST_MS ? "milliseconds" : "seconds";
};

/**
 * The open questions of the contract that a session can answer. `see` gives what was seen, or null
 * where nothing was; it agrees where it is what `contract` says.
 */
const QUESTIONS = [
  {
    id: "U1",
    question: "role of the first frame",
    contract: "assistant",
    see: (answers) => framesOf(answers)?.[0].choices?.[0]?.delta?.role,
  },
  {
    id: "U1",
    question: "created of a frame",
    contract: "milliseconds",
    see: (answers) => framesOf(answers) && unitOf(framesOf(answers)[0].created),
  },
  {
    id: "U1",
    question: "keys of a delta",
    contract: "role content reasoning_content tool_calls function_calls",
    see: (answers) => {
      const delta = framesOf(answers)?.[0].choices?.[0]?.delta;
      return delta && Object.keys(delta).join(" ");
    },
  },
  {
    id: "U1",
    question: "last frame",
    contract: "choices 0, total_tokens > 0",
    see: (answers) => framesOf(answers) && describeEnd(framesOf(answers)),
  },
  {
    id: "U1",
    question: "[DONE] at the end, no event lines, LF",
    contract: "yes yes LF",
    see: ({ chat }) => {
      if (!isStream(chat)) return null;
      const { isDoneSent, hasEventLines, lineEnding } = readFrames(chat.text);
      return `${isDoneSent ? "yes" : "no"} ${hasEventLines ? "no" : "yes"} ${lineEnding}`;
    },
  },
  {
    id: "U1",
    question: "content type of a stream",
    contract: "text/event-stream",
    see: ({ chat }) => isStream(chat) && chat.headers["content-type"]?.split(";")[0],
  },
  {
    id: "U3",
    question: "body of a 5xx",
    contract: "not known",
    see: (answers, clean) => {
      const found = all(answers).find(({ status }) => status >= 500);
      return (
        found && `${found.status} ${found.headers["content-type"]} ${short(found.text, clean)}`
      );
    },
  },
  {
    id: "U4",
    question: "429 for an empty balance",
    contract: "429 insufficient balance",
    see: (answers) => {
      const refusals = all(answers).filter(({ status }) => status === 429);
      const texts = refusals.map(({ json }) => json?.error?.message ?? json?.errors?.message);
      const found = texts.find((text) => /balance/i.test(text));
      return found && `429 ${found}`;
    },
  },
  {
    id: "U5",
    question: "Retry-After in any answer",
    contract: "none",
    see: (answers) =>
      all(answers).length > 0 && (headerNames(answers, /^retry-after$/).join(" ") || "none"),
  },
  {
    id: "U6",
    question: "modelscope-ratelimit-* on paid calls",
    contract: "none",
    see: ({ chat, submit }) => {
      const paid = { ...(chat && { chat }), ...(submit && { submit }) };
      return all(paid).length > 0 && (headerNames(paid, /^modelscope-/).join(" ") || "none");
    },
  },
  {
    id: "U7",
    question: "host of a picture, signed or not",
    contract: `${BUCKET} unsigned`,
    see: ({ poll }) => {
      const address = poll?.json?.output_images?.[0];
      if (typeof address !== "string" || !URL.canParse(address)) return null;
      const url = new URL(address);
      return `${url.hostname} ${url.search ? "signed" : "unsigned"}`;
    },
  },
  {
    id: "U8",
    question: "poll without the task-type header",
    contract: "200 FAILED task not found",
    see: ({ "poll without header": poll }) =>
      poll && `${poll.status} ${poll.json?.task_status} ${poll.json?.errors?.message}`,
  },
  {
    id: "U10",
    question: "object, owned_by, created of a model",
    contract: "model, the owner of the id, seconds",
    see: ({ models }) => {
      const row = models?.json?.data?.[0];
      if (!row) return null;
      const owner =
        row.owned_by === String(row.id).split("/")[0] ? "the owner of the id" : row.owned_by;
      return `${row.object}, ${owner}, ${unitOf(row.created)}`;
    },
  },
  {
    id: "U15",
    question: "Bearer alone is enough for the balance",
    contract: "yes",
    see: ({ balance }, clean) => {
      if (!balance) return null;
      const hasNumber = typeof balance.json?.data?.available_balance === "number";
      return balance.status === 200 && hasNumber
        ? "yes"
        : `no: ${balance.status} ${short(balance.text, clean)}`;
    },
  },
  {
    // Settled only by a size out of range, which this session does not order.
    id: "U20",
    question: "size out of range: drawn in or refused",
    contract: "drawn in",
    see: () => null,
  },
];

/** Each question with what was seen of it. */
export function judge(answers, anonymiser) {
  return QUESTIONS.map(({ id, question, contract, see }) => {
    const found = see(answers, anonymiser.toText);
    const seen = found || found === "" ? anonymiser.toText(String(found)) : null;
    const isOpen = seen === null || contract === "not known";
    const verdict = isOpen ? "unknown" : seen === contract ? "agrees" : "differs";
    return { id, question, contract, seen: seen ?? "nothing", verdict };
  });
}
