import "server-only";
import type { UserId } from "@/lib/shared/actor";
import { AppError } from "@/lib/shared/errors";
import type { WireTurn } from "@/lib/shared/wire/turn";
import type { BranchTurn } from "../db/ask-context";
import { findUploads } from "../db/uploads";
import { toToolCalls, toToolResults } from "../runs/run-view";
import { readDataUrl } from "./uploads";

/** Everything of one request is in memory at once, as base64. */
const MAX_PICTURES = 8;
const MAX_PICTURE_BYTES = 20_000_000;

type Turn = Omit<BranchTurn, "id">;

/** Ids of the pictures that fit into one request, in the order of `ids`. */
function takeWhatFits(ids: readonly string[], sizes: ReadonlyMap<string, number>): Set<string> {
  const taken = new Set<string>();
  let bytes = 0;
  for (const id of ids) {
    bytes += sizes.get(id) ?? 0;
    if (taken.size >= MAX_PICTURES || bytes > MAX_PICTURE_BYTES) break;
    if (sizes.has(id)) taken.add(id);
  }
  return taken;
}

/** The newest pictures of a branch, as many as fit. Throws where the question's own do not. */
function choosePictures(
  turns: readonly Turn[],
  sizes: ReadonlyMap<string, number>,
): ReadonlySet<string> {
  const newestFirst = [...new Set([...turns].reverse().flatMap(({ uploadIds }) => uploadIds))];
  const chosen = takeWhatFits(newestFirst, sizes);
  const own = turns.at(-1)?.uploadIds ?? [];
  if (own.every((id) => chosen.has(id) || !sizes.has(id))) return chosen;
  const fault = { key: "picturesTooLarge", values: { max: MAX_PICTURE_BYTES / 1_000_000 } };
  throw new AppError("invalid_request", { fields: { "message.uploads": fault } });
}

/** The user's pictures by id, read once each. Throws `not_found` where one of `required` is missing. */
async function readPictures(
  userId: UserId,
  turns: readonly Turn[],
  required: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(turns.flatMap(({ uploadIds }) => uploadIds))];
  if (ids.length === 0) return new Map();
  const rows = await findUploads(userId, ids);
  const chosen = choosePictures(turns, new Map(rows.map((row) => [row.id, row.sizeBytes])));
  const urls = new Map<string, string>();
  for (const row of rows.filter(({ id }) => chosen.has(id))) {
    const url = await readDataUrl(row);
    if (url) urls.set(row.id, url);
  }
  if (!required.every((id) => urls.has(id))) throw new AppError("not_found");
  return urls;
}

/** Whether a turn has anything to send; a mere tool call only where its results follow. */
function saysSomething({ text, toolResults }: Turn, next: Turn | undefined): boolean {
  return (
    text !== "" ||
    toToolResults(toolResults).length > 0 ||
    toToolResults(next?.toolResults).length > 0
  );
}

/**
 * A branch as it is sent, the question last: answers that never came are left out, and so are
 * pictures where the model cannot see. Of the history's pictures the newest are sent that fit into
 * one request; those that were deleted are left out. Throws `invalid_request` for pictures that go
 * to a model that cannot see, `not_found` for a picture that is not the user's.
 */
export async function toWireTurns(
  userId: UserId,
  branch: readonly Turn[],
  canSee: boolean,
): Promise<WireTurn[]> {
  const required = branch.at(-1)?.uploadIds ?? [];
  const isSeeing = required.length + (branch.at(-1)?.pictureUrls.length ?? 0) > 0;
  if (!canSee && isSeeing) {
    throw new AppError("invalid_request", { fields: { model: { key: "modelNotVision" } } });
  }
  const turns = branch.filter((turn, index) => saysSomething(turn, branch[index + 1]));
  const urls = canSee ? await readPictures(userId, turns, required) : new Map<string, string>();
  return turns.map(({ role, text, uploadIds, pictureUrls, ...turn }, index) => {
    const own = uploadIds.flatMap((id) => urls.get(id) ?? []);
    const pictures = canSee ? [...own, ...pictureUrls] : own;
    const toolResults = toToolResults(turn.toolResults);
    // A call that nobody answered would be refused.
    const isAnswered = toToolResults(turns[index + 1]?.toolResults).length > 0;
    const toolCalls = isAnswered ? toToolCalls(turn.toolCalls) : [];
    return {
      role,
      text,
      ...(pictures.length > 0 && { pictures }),
      ...(toolCalls.length > 0 && { toolCalls }),
      ...(toolResults.length > 0 && { toolResults }),
    };
  });
}
