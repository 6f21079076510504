import type { InsteadName } from "../answers/instead.ts";
import type { RefusalName } from "../refusals/table.ts";
import type { FaultName } from "../stream/faults.ts";
import type { Wire } from "../stream/wire.ts";

/** What one chat model does. */
export type ChatModel = {
  /** Magicubes a call; 0: an external provider's, outside of every limit. */
  price: number;
  /** Served, but not in the list. */
  listed?: false;
  /** `hybrid`: until it is switched off. `always`: there is no switch. */
  thinks?: "hybrid" | "always";
  /** Where the reasoning comes, if not in `reasoning_content`. */
  reasoningIn?: "reasoning" | "tags";
  /** Gives an empty content where it thinks and is not streamed, in place of a refusal. */
  isEmptyUnstreamed?: true;
  /** Spends all of its tokens on reasoning. */
  isAllReasoning?: true;
  vision?: true;
  tools?: "calls" | "nameless";
  /** Whose frames these are; ModelScope's own gateway where absent. */
  profile?: "dashscope";
  /** Every call is refused so, or the first ones of each token. */
  refusal?: RefusalName;
  refusedCalls?: number;
  /** Value of the `Retry-After` header of the refusal; `date` is an HTTP date two seconds ahead. */
  retryAfter?: string;
  /** Only these calls are refused. */
  refusesOnly?: "temperature" | "thinking-switch";
  /** What comes in place of any answer. */
  instead?: InsteadName;
  /** How the stream goes wrong. */
  fault?: FaultName;
  /** How the frames are written. */
  wire?: Wire;
};
