import { replyTo } from "@/simulator/replies";
import { createUser, getSimulator, HEALTHY_TOKEN, type TestUser } from "./api";
import { ask, CHAT_PATH, ledgerRowOf } from "./ask";
import { readUiStream } from "./ui-stream";

/** Letters that are cut in the middle by any careless reader. */
const QUESTION = "家庭 👨‍👩‍👧‍👦 🇨🇳 é 𠮷 नमस्ते";
export const ANSWER = replyTo(QUESTION).text;

/** Asks a model of the simulator and reads the answer to its end, with its ledger row. */
export async function answerOf(model: string, settings: object = {}, user?: TestUser) {
  const asker = user ?? (await createUser({ token: HEALTHY_TOKEN }));
  const response = await ask(asker, { model, settings, message: { text: QUESTION } });
  const stream = await readUiStream(response);
  return { ...stream, ledger: await ledgerRowOf(stream.readout.runId), user: asker };
}

/** Answers every chat with a stream of our own making, frame by frame as given, then closed. */
export function streamWith(...frames: string[]): void {
  getSimulator().state.interceptors.set(CHAT_PATH, ({ response }) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(frames.join(""));
  });
}
