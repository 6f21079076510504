import "server-only";
import { type AnswerDelta, toDelta, toFinishReason, toTokenCounts } from "./answer-delta";
import { readRefusal } from "./errors";
import { asCount, asRecord, asText } from "./loose-json";

type Frame = Record<string, unknown>;

function readBlockStart(frame: Frame): AnswerDelta {
  const block = asRecord(frame.content_block);
  if (block?.type !== "tool_use") {
    return toDelta({ text: asText(block?.text), reasoning: asText(block?.thinking) });
  }
  const index = asCount(frame.index) ?? 0;
  return toDelta({
    tools: [{ index, id: asText(block.id), name: asText(block.name), arguments: "" }],
  });
}

function readBlockDelta(frame: Frame): AnswerDelta {
  const delta = asRecord(frame.delta);
  const json = asText(delta?.partial_json);
  const index = asCount(frame.index) ?? 0;
  return toDelta({
    text: asText(delta?.text),
    reasoning: asText(delta?.thinking),
    ...(json && { tools: [{ index, id: "", name: "", arguments: json }] }),
  });
}

/** A message that came whole. */
function readMessage(frame: Frame): AnswerDelta {
  const blocks = (Array.isArray(frame.content) ? frame.content : []).map(asRecord);
  const usage = asRecord(frame.usage);
  return toDelta({
    text: blocks.map((block) => asText(block?.text)).join(""),
    reasoning: blocks.map((block) => asText(block?.thinking)).join(""),
    tools: blocks.flatMap((block, index) =>
      block?.type === "tool_use"
        ? {
            index,
            id: asText(block.id),
            name: asText(block.name),
            arguments: JSON.stringify(block.input ?? {}),
          }
        : [],
    ),
    finishReason: toFinishReason(asText(frame.stop_reason)),
    usage: toTokenCounts(usage?.input_tokens, usage?.output_tokens),
    isEnd: true,
  });
}

/**
 * A reader of Anthropic's stream. It goes by `data.type`, never by the `event:` line, which some
 * gateways leave out. The input tokens stand in the first frame and the output tokens in a late one.
 */
export function createMessagesReader(): (frame: unknown) => AnswerDelta | "error" | null {
  let inputTokens: unknown = null;
  return (value) => {
    const frame = asRecord(value);
    if (!frame) return null;
    switch (frame.type) {
      case "message_start":
        inputTokens = asRecord(asRecord(frame.message)?.usage)?.input_tokens;
        return toDelta({});
      case "content_block_start":
        return readBlockStart(frame);
      case "content_block_delta":
        return readBlockDelta(frame);
      case "message_delta": {
        const usage = asRecord(frame.usage);
        return toDelta({
          finishReason: toFinishReason(asText(asRecord(frame.delta)?.stop_reason)),
          usage: toTokenCounts(usage?.input_tokens || inputTokens, usage?.output_tokens),
        });
      }
      case "message_stop":
        return toDelta({ isEnd: true });
      case "message":
        return readMessage(frame);
      default:
        return readRefusal(frame) ? "error" : toDelta({});
    }
  };
}
