import { execFile } from "node:child_process";
import fs from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { toChatSample } from "@/lib/shared/samples/chat-sample";
import { toImageSample } from "@/lib/shared/samples/image-sample";
import type { SampleLanguage } from "@/lib/shared/samples/literals";
import type { WireCall } from "@/lib/shared/wire/chat-body";
import { HEALTHY_TOKEN } from "./api";

const ORIGIN = "https://api-inference.modelscope.cn";
const PICTURE =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const ASKED = { role: "user", text: "用python写一下快排" } as const;

const call = (settings: WireCall["settings"], turns: WireCall["turns"] = [ASKED]): WireCall => ({
  model: "Qwen/Qwen3.5-35B-A3B",
  settings,
  turns,
});
type Write = (language: SampleLanguage, origin: string) => string;
const chat =
  (wire: WireCall, isStreamed = true): Write =>
  (language, origin) =>
    toChatSample(wire, language, { origin, isStreamed });

/** The picture of the sample below, as an order. */
export const IMAGE_ORDER = {
  model: "Qwen/Qwen-Image",
  prompt: 'A golden cat, "sitting" — 猫 $HOME `pwd`',
  parameters: {
    size: "512x512",
    seed: 12345,
    steps: 30,
    guidance: 3.5,
    loras: [
      { id: "a/one", weight: 0.6 },
      { id: "a/two", weight: 0.4 },
    ],
  },
  inputs: [],
};

/** The samples of ModelScope's own documentation (2026-08), as our code view writes them. */
export const SAMPLES: Record<string, Write> = {
  chat: chat(
    {
      ...call({ systemPrompt: "You are a helpful assistant." }),
      model: "Qwen/Qwen3-Coder-30B-A3B-Instruct",
    },
    false,
  ),
  stream: chat(
    call({
      systemPrompt: "You are a helpful assistant.",
      thinking: true,
      thinkingBudget: 4096,
      temperature: 0.6,
    }),
  ),
  vision: chat(call({}, [{ role: "user", text: "描述这幅图", pictures: [PICTURE] }])),
  messages: chat(
    {
      ...call({ protocol: "anthropic", maxTokens: 1024 }),
      model: "Qwen/Qwen3-Coder-30B-A3B-Instruct",
    },
    false,
  ),
  "messages-stream": chat(
    call({ protocol: "anthropic", maxTokens: 1024, systemPrompt: "Be brief." }),
  ),
  image: (language, origin) => toImageSample(IMAGE_ORDER, language, { origin }),
};

const ENDINGS: Record<SampleLanguage, string> = { curl: "sh", python: "py", javascript: "mjs" };
export const LANGUAGES = Object.keys(ENDINGS) as SampleLanguage[];

/** Where the sample lies, as it is shown to people. */
export const fixtureOf = (name: string, language: SampleLanguage) =>
  path.resolve(import.meta.dirname, `../fixtures/view-code/${name}.${ENDINGS[language]}`);

export const writeSample = (name: string, language: SampleLanguage, origin = ORIGIN) =>
  SAMPLES[name]?.(language, origin) ?? "";

/** Runs a sample as a user would, against another address, and answers what it printed. */
export async function runSample(name: string, language: "curl" | "javascript", origin: string) {
  // Beside node_modules, where the official clients are.
  const directory = await fs.mkdtemp(path.resolve(import.meta.dirname, "../../.data/sample-"));
  const file = path.join(directory, `sample.${ENDINGS[language]}`);
  await fs.writeFile(
    file,
    writeSample(name, language, origin)
      .replaceAll("5_000", "5")
      .replaceAll("sleep 5;", "sleep 0.01;"),
  );
  const command = language === "curl" ? "/bin/sh" : process.execPath;
  try {
    const { stdout } = await promisify(execFile)(command, [file], {
      env: { ...process.env, MODELSCOPE_TOKEN: HEALTHY_TOKEN },
      timeout: 20_000,
    });
    return stdout;
  } finally {
    await fs.rm(directory, { recursive: true });
  }
}
