import type { RunReadout } from "@/lib/shared/schemas/chat";

type Part = {
  type: string;
  delta?: string;
  data?: unknown;
  messageMetadata?: { readout: RunReadout };
};

export type ReadStream = {
  parts: Part[];
  text: string;
  reasoning: string;
  readout: RunReadout;
  isDone: boolean;
};

const toPart = (event: string): Part | null => {
  const data = event.replace(/^data: /, "");
  return data.startsWith("{") ? (JSON.parse(data) as Part) : null;
};

/** Reads a UI message stream to its end. */
export async function readUiStream(response: Response): Promise<ReadStream> {
  const events = (await response.text()).split("\n\n").filter(Boolean);
  const parts = events.map(toPart).filter((part) => part !== null);
  const join = (type: string) =>
    parts.map((part) => (part.type === type ? (part.delta ?? "") : "")).join("");
  const readout = parts.findLast((part) => part.messageMetadata)?.messageMetadata?.readout;
  if (!readout) throw new Error("the stream has no readout");
  return {
    parts,
    text: join("text-delta"),
    reasoning: join("reasoning-delta"),
    readout,
    isDone: events.at(-1) === "data: [DONE]",
  };
}
