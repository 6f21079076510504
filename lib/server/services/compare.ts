import "server-only";
import type { Actor } from "@/lib/shared/actor";
import { chooseModel } from "@/lib/shared/model-list";
import { DEFAULT_CHAT_MODEL } from "@/lib/shared/models/fallback-ids";
import type { ChatSettings } from "@/lib/shared/schemas/chat";
import type { ChatMessage } from "@/lib/shared/schemas/conversation";
import { type ModelList, modelIdSchema } from "@/lib/shared/schemas/model";
import { getConversation } from "./conversations";

const MAX_COLUMNS = 4;
const MIN_COLUMNS = 2;

export type ColumnStart = {
  id: string | null;
  model: string;
  settings: ChatSettings;
  messages: ChatMessage[];
  hasEarlier: boolean;
};

const empty = (model: string): ColumnStart => ({
  id: null,
  model,
  settings: {},
  messages: [],
  hasEarlier: false,
});

/** The columns of a comparison, two at least: conversations that are the user's, then models. */
export async function findConversationStarts(
  actor: Actor,
  { ids, models }: { ids: string[]; models: string[] },
  list: ModelList,
): Promise<ColumnStart[]> {
  const found = await Promise.all(
    ids.slice(0, MAX_COLUMNS).map((id) => getConversation(actor, id).catch(() => null)),
  );
  const columns: ColumnStart[] = [
    ...found.flatMap((conversation) => conversation ?? []),
    ...models.flatMap((model) => (modelIdSchema.safeParse(model).success ? [empty(model)] : [])),
  ].slice(0, MAX_COLUMNS);
  const first = chooseModel(list, DEFAULT_CHAT_MODEL);
  const other = list.models.find(({ id }) => id !== first)?.id ?? first;
  const missing = [empty(first), empty(other)].slice(columns.length);
  return columns.length >= MIN_COLUMNS ? columns : [...columns, ...missing];
}
