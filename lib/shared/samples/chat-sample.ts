import { toChatBody, type WireCall } from "../wire/chat-body";
import { toMessagesBody } from "../wire/messages-body";
import { type SampleLanguage, toArguments, toCurl, toJavaScript } from "./literals";

/** Fields of the body that the OpenAI client for Python has no argument for. */
const EXTRA = ["enable_thinking", "thinking_budget", "chat_template_kwargs"] as const;

type SampleOptions = {
  /** Without a slash at its end; the token always comes from the environment. */
  origin: string;
  /** False gives the answer in one piece, which thinking models refuse. */
  isStreamed?: boolean;
};

function openAiPython(body: object, origin: string, isStreamed: boolean): string {
  const entries = Object.entries(body);
  const isExtra = ([key]: [string, unknown]) => (EXTRA as readonly string[]).includes(key);
  const extra = Object.fromEntries(entries.filter(isExtra));
  const own = Object.fromEntries(entries.filter((entry) => !isExtra(entry)));
  const fields = Object.keys(extra).length > 0 ? { ...own, extra_body: extra } : own;
  const read = isStreamed
    ? `for chunk in answer:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="", flush=True)
`
    : "print(answer.choices[0].message.content)\n";
  return `import os
from openai import OpenAI

client = OpenAI(
    base_url="${origin}/v1",
    api_key=os.environ["MODELSCOPE_TOKEN"],
)

answer = client.chat.completions.create(
${toArguments(fields)})
${read}`;
}

function openAiJavaScript(body: object, origin: string, isStreamed: boolean): string {
  const read = isStreamed
    ? `for await (const chunk of answer) {
  process.stdout.write(chunk.choices[0]?.delta.content ?? "");
}
`
    : "console.log(answer.choices[0].message.content);\n";
  return `import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "${origin}/v1",
  apiKey: process.env.MODELSCOPE_TOKEN,
});

const answer = await client.chat.completions.create(${toJavaScript(body)});
${read}`;
}

function anthropicPython(body: object, origin: string, isStreamed: boolean): string {
  const { stream: _stream, ...fields } = body as { stream?: boolean };
  const head = `import os
from anthropic import Anthropic

client = Anthropic(
    base_url="${origin}",
    api_key=os.environ["MODELSCOPE_TOKEN"],
)

`;
  if (!isStreamed) {
    return `${head}message = client.messages.create(
${toArguments(fields)})
print(message.content[0].text)
`;
  }
  return `${head}with client.messages.stream(
${toArguments(fields)}) as stream:
    for text in stream.text_stream:
        print(text, end="", flush=True)
`;
}

function anthropicJavaScript(body: object, origin: string, isStreamed: boolean): string {
  const read = isStreamed
    ? `for await (const event of answer) {
  if (event.type === "content_block_delta" && event.delta.type === "text_delta") {
    process.stdout.write(event.delta.text);
  }
}
`
    : "console.log(answer.content[0].text);\n";
  return `import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({
  baseURL: "${origin}",
  apiKey: process.env.MODELSCOPE_TOKEN,
});

const answer = await client.messages.create(${toJavaScript(body)});
${read}`;
}

const WRITERS = {
  openai: {
    path: "/v1/chat/completions",
    headers: ["Authorization: Bearer $MODELSCOPE_TOKEN", "Content-Type: application/json"],
    python: openAiPython,
    javascript: openAiJavaScript,
  },
  anthropic: {
    path: "/v1/messages",
    headers: [
      "x-api-key: $MODELSCOPE_TOKEN",
      "anthropic-version: 2023-06-01",
      "Content-Type: application/json",
    ],
    python: anthropicPython,
    javascript: anthropicJavaScript,
  },
} as const;

/** A program that sends what we would send for this call, in the protocol of its settings. */
export function toChatSample(
  call: WireCall,
  language: SampleLanguage,
  { origin, isStreamed = true }: SampleOptions,
): string {
  const isAnthropic = call.settings.protocol === "anthropic";
  const streamed = isAnthropic ? toMessagesBody(call) : toChatBody(call);
  const body = isStreamed ? streamed : withoutStream(streamed);
  const writer = WRITERS[isAnthropic ? "anthropic" : "openai"];
  if (language === "curl") return toCurl(origin + writer.path, writer.headers, body);
  return writer[language](body, origin, isStreamed);
}

function withoutStream(body: object): object {
  return Object.fromEntries(Object.entries(body).filter(([key]) => !/^stream/.test(key)));
}
