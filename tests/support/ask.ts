import { POST as chat } from "@/app/api/chat/route";
import { call, rowsOf, type TestUser } from "./api";

export const CHAT_PATH = "/v1/chat/completions";
export const MESSAGES_PATH = "/v1/messages";
export const CHAT_MODEL = "Qwen/Qwen3-Coder-30B-A3B-Instruct";

/** Asks "Hello" in a new conversation, or what `change` makes of it. */
export function ask(user: TestUser | null, change: object = {}): Promise<Response> {
  const body = {
    message: { text: "Hello" },
    model: CHAT_MODEL,
    settings: {},
    idempotencyKey: crypto.randomUUID(),
    ...change,
  };
  return call(chat, { method: "POST", user, body });
}

/** The ledger row of a run. */
export async function ledgerRowOf(runId: string) {
  const [row] = await rowsOf(`select * from "UsageEntry" where "runId" = $1`, [runId]);
  return row;
}
