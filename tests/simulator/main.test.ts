import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { TOKEN_SCENARIOS } from "@/simulator/tokens";
import { post } from "./quick";

const ROOT = path.resolve(import.meta.dirname, "../..");
const MAIN = path.join(ROOT, "simulator/main.ts");
const AT_ONCE_MS = 1_500;

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

/** A launched one has the channel to its parent, as under `npm run demo`. */
function start(isLaunched: boolean): ChildProcess {
  const child = spawn(process.execPath, [MAIN], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "inherit", isLaunched ? "ipc" : "ignore"],
    env: { PATH: process.env.PATH, NODE_ENV: "test", SIMULATOR_FIRST_CHUNK_DELAY_MS: "0" },
  });
  children.push(child);
  return child;
}

/** Everything it prints up to the line that has this word. */
async function readUntil(child: ChildProcess, word: string): Promise<string> {
  let text = "";
  for await (const bytes of child.stdout ?? []) {
    text += bytes;
    if (text.includes(word)) break;
  }
  return text;
}

/** Opens streams that never end by themselves. */
async function openStreams(url: string) {
  for (const model of ["simulator/endless", "simulator/flood", "simulator/stall"]) {
    const body = { model, messages: [{ role: "user", content: "Hello" }], stream: true };
    const response = await post(`${url}/v1/chat/completions`, body);
    response.body?.pipeTo(new WritableStream()).catch(() => undefined);
  }
}

/** Whether it ends by itself before anybody loses patience. */
async function endsAtOnce(child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null) return true;
  const signal = AbortSignal.timeout(AT_ONCE_MS);
  return once(child, "exit", { signal }).then(
    () => true,
    () => false,
  );
}

describe("the simulator as a process", () => {
  it("alone: says where it is, what the tokens do and how to see requests; ends on Ctrl-C", async () => {
    const child = start(false);
    const text = await readUntil(child, "/__simulator/requests");
    for (const [token, { about }] of Object.entries(TOKEN_SCENARIOS)) {
      expect(text).toContain(`${token}  ${about}`);
    }
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? "";
    await openStreams(url);
    child.kill("SIGINT");
    expect(await endsAtOnce(child)).toBe(true);
  });

  it("launched: prints nothing, and ends with the channel", async () => {
    const child = start(true);
    const [{ url }] = (await once(child, "message")) as [{ url: string }];
    await openStreams(url);
    child.disconnect();
    expect(await endsAtOnce(child)).toBe(true);
    expect(child.stdout?.read()).toBeNull();
  });
});
